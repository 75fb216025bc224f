package dev.holdfast.contacts.orbit;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.orbit.GeneratedPlan.PairTotals;
import dev.holdfast.contacts.orbit.Session.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** From a scenario to its plan; the same scenario gives the same plan. */
public final class PlanGenerator {
  /** Two-line elements further from their epoch than this say little. */
  private static final double OLD_ELEMENTS_DAYS = 14;

  /** Fewer samples take a few seconds, and nobody asks how far it is. */
  private static final long LONG = 100_000_000;

  private final OrbitScenario scenario;
  private final OrbitLimits limits;
  private final Sky sky;
  private final List<Motion> motions = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private PlanGenerator(OrbitScenario scenario, OrbitLimits limits) {
    this.scenario = scenario;
    this.limits = limits;
    this.sky = new Sky(new TimeBase(scenario.start()));
  }

  /**
   * Generates the plan.
   *
   * @param progress told now and then which share of a long work is done, 0 to 1
   * @throws OrbitException if it cannot be: an orbit that ends in the ground, or more than {@code
   *     limits}
   */
  public static GeneratedPlan generate(
      OrbitScenario scenario, OrbitLimits limits, DoubleConsumer progress) {
    return new PlanGenerator(scenario, limits).plan(progress);
  }

  private GeneratedPlan plan(DoubleConsumer progress) {
    placeNodes();
    joinLinks();
    List<Sight> sights = new ArrayList<>();
    for (Link link : links) {
      sights.add(link.forth());
      if (isApart(link)) {
        sights.add(link.back());
      }
    }
    double duration = scenario.duration().toSeconds();
    long samples = sights.stream().mapToLong(sight -> Sweep.samples(sight, duration)).sum();
    if (samples > limits.samples()) {
      throw tooMuch("samples of lines of sight", samples, limits.samples());
    }
    long[] done = new long[1];
    Sweep sweep =
        new Sweep(
            duration,
            more -> {
              done[0] += more;
              if (samples >= LONG) {
                progress.accept((double) done[0] / samples);
              }
            });
    List<List<Window>> windows = follow(sweep, sights);
    Terminals terminals = new Terminals(scenario.nodes(), shortest());
    List<Contact> contacts = contacts(terminals.grant(sessions(windows)));
    if (contacts.size() > PlanLimits.DEFAULT.contacts()) {
      notes.add(
          "%d contacts: a gateway reads plans of up to %d"
              .formatted(contacts.size(), PlanLimits.DEFAULT.contacts()));
    }
    ContactPlan plan = ContactPlan.of(0, contacts);
    return new GeneratedPlan(plan, totals(plan), samples, notes);
  }

  /** Some models find out only on the way that they cannot follow an orbit. */
  private static List<List<Window>> follow(Sweep sweep, List<Sight> sights) {
    try {
      return sweep.windows(sights);
    } catch (IllegalArgumentException e) {
      throw new OrbitException(
          "", "an orbit cannot be followed to the end of the plan: " + e.getMessage(), e);
    }
  }

  private void placeNodes() {
    if (scenario.nodes().size() > limits.nodes()) {
      throw tooMuch("nodes", scenario.nodes().size(), limits.nodes());
    }
    for (PlannedNode node : scenario.nodes()) {
      try {
        motions.add(motion(node));
      } catch (IllegalArgumentException e) {
        throw new OrbitException(
            node.name(),
            "the orbit of " + node.name() + " cannot be followed: " + e.getMessage(),
            e);
      }
    }
  }

  private Motion motion(PlannedNode node) {
    return switch (node.placement()) {
      case Placement.Ground g ->
          Site.station(sky, g.body(), g.latitude(), g.longitude(), g.height(), g.mask());
      case Placement.Stationary s -> Site.stationary(sky, s.body(), s.longitude());
      case Placement.Orbiting o when o.body() == Body.EARTH && !o.member() ->
          sky.earth().satellite(o.elements());
      case Placement.Orbiting o -> new Ellipse(o.body(), sky.equator(o.body()), o.elements());
      case Placement.Tracked t -> {
        noteAge(node.name(), sky.earth().ageDays(t.lines()));
        yield sky.earth().satellite(t.lines());
      }
      case Placement.Whole w -> new Centre(w.body());
    };
  }

  private void noteAge(String name, double days) {
    double end = days + scenario.duration().toSeconds() / 86_400.0;
    double far = Math.max(Math.abs(days), Math.abs(end));
    if (far > OLD_ELEMENTS_DAYS) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: the plan goes to %.0f days from the epoch of its two-line elements; they are"
                  + " good for some days",
              name,
              far));
    }
  }

  private void joinLinks() {
    for (LinkRule rule : scenario.links()) {
      double far = rule.rates().reach();
      if (rule.duplex() != Duplex.ONE_WAY) {
        far = Math.max(far, rule.returnRates().reach());
      }
      for (LinkRule.Pair pair : rule.pairs()) {
        Sight forth =
            new Sight(
                sky, motions.get(pair.first()), motions.get(pair.second()), rule.reach().upTo(far));
        links.add(new Link(rule, pair, forth, forth.reversed()));
        if (links.size() > limits.pairs()) {
          throw tooMuch("pairs that may talk", links.size(), limits.pairs());
        }
      }
    }
  }

  /** Whether the way back has windows of its own. */
  private static boolean isApart(Link link) {
    return !link.forth().isMutual() && link.rule().duplex() != Duplex.ONE_WAY;
  }

  private int shortest() {
    return (int) Math.max(1, scenario.cutting().shortest().toSeconds());
  }

  private List<Session> sessions(List<List<Window>> windows) {
    List<Session> sessions = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      boolean both = link.forth().isMutual() && link.rule().duplex() != Duplex.ONE_WAY;
      for (Window window : windows.get(next++)) {
        add(i, link.pair().first(), link.pair().second(), both, window, sessions);
      }
      if (isApart(link)) {
        for (Window window : windows.get(next++)) {
          add(i, link.pair().second(), link.pair().first(), false, window, sessions);
        }
      }
    }
    return sessions;
  }

  private void add(
      int link, int from, int to, boolean both, Window window, List<Session> sessions) {
    Span span = inward(window);
    if (span.seconds() >= shortest()) {
      Sight sight = links.get(link).forth();
      int light = both ? 0 : (int) sight.lightTime(span.start());
      sessions.add(new Session(link, from, to, both, span, light));
    }
  }

  /** Rounded inward by the guard time to whole seconds, but for the ends of the plan itself. */
  private Span inward(Window window) {
    double guard = scenario.cutting().guard().toMillis() / 1000.0;
    double duration = scenario.duration().toSeconds();
    double start = window.start() <= 0 ? 0 : window.start() + guard;
    double end = window.end() >= duration ? duration : window.end() - guard;
    return new Span((int) Math.ceil(start), (int) Math.floor(end));
  }

  private List<Contact> contacts(List<Session> granted) {
    ContactCutter cutter = new ContactCutter(scenario);
    List<Contact> contacts = new ArrayList<>();
    for (Session session : granted) {
      contacts.addAll(cutter.contacts(links.get(session.link()), session));
      if (contacts.size() > limits.contacts()) {
        throw new OrbitException(
            "",
            "the plan has more than %d contacts; shorten the duration, let fewer nodes talk,"
                    .formatted(limits.contacts())
                + " or allow more (--max-contacts)");
      }
    }
    return contacts;
  }

  private static OrbitException tooMuch(String what, long number, long limit) {
    return new OrbitException(
        "",
        "the scenario has %d %s, at most %d are worked out; shorten the duration, or let fewer nodes talk"
            .formatted(number, what, limit));
  }

  private List<PairTotals> totals(ContactPlan plan) {
    List<PairTotals> totals = new ArrayList<>();
    for (Link link : links) {
      totals.add(totals(plan, number(link.pair().first()), number(link.pair().second())));
      if (link.rule().duplex() != Duplex.ONE_WAY) {
        totals.add(totals(plan, number(link.pair().second()), number(link.pair().first())));
      }
    }
    totals.sort(
        (a, b) ->
            a.from().equals(b.from()) ? a.to().compareTo(b.to()) : a.from().compareTo(b.from()));
    return totals;
  }

  private NodeNumber number(int node) {
    return scenario.nodes().get(node).number();
  }

  private PairTotals totals(ContactPlan plan, NodeNumber from, NodeNumber to) {
    List<Contact> contacts = plan.contactsBetween(from, to);
    DtnTime last = DtnTime.of(scenario.start());
    DtnTime end = last.plus(scenario.duration().toMillis());
    long open = 0;
    long gap = 0;
    long least = contacts.isEmpty() ? 0 : Long.MAX_VALUE;
    long most = 0;
    for (Contact contact : contacts) {
      open += contact.durationMillis();
      gap = Math.max(gap, contact.start().since(last));
      last = contact.end();
      least = Math.min(least, contact.owltMillis());
      most = Math.max(most, contact.owltMillis());
    }
    gap = Math.max(gap, end.since(last));
    return new PairTotals(from, to, contacts.size(), open, gap, least, most);
  }
}
