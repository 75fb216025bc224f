package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One run of the demo. On the thread that calls it, with helpers of its own. */
public final class Demo {
  private static final long SEED = 1;
  private static final long LEAD_MILLIS = 1_500;
  private static final long TICK_MILLIS = 100;
  private static final long LOOK_MILLIS = 250;

  /** Payload bytes from which a bundle counts as large. */
  private static final long LARGE = 1 << 20;

  /** How long nothing may be held anywhere until nothing more is expected. */
  private static final long QUIET_MILLIS = 2_000;

  private final DemoSettings settings;
  private final GatewayClock clock;
  private final ViewPrinter printer;
  private final Ledger ledger = new Ledger();
  private final Journals journals = new Journals();
  private final Sender.Run run = new Sender.Run(new Trouble(), new CountDownLatch(1));
  private final List<Consignment> traffic;

  private Demo(DemoSettings settings, GatewayClock clock, ViewPrinter printer) {
    this.settings = settings;
    this.clock = clock;
    this.printer = printer;
    this.traffic = Traffic.of(SEED, DemoPlan.TURN_SECONDS, settings.turnsWithTraffic());
  }

  /**
   * Runs the demo to its end.
   *
   * @param entropy what the regions' keys are made of
   * @return what became of it
   * @throws IOException if it could not be run; the message is for people
   */
  public static Outcome run(
      DemoSettings settings, GatewayClock clock, Entropy entropy, ViewPrinter printer)
      throws IOException, InterruptedException {
    Workplace workplace = Workplace.at(settings.keep());
    try (Fleet fleet = new Fleet(workplace, clock, entropy)) {
      return new Demo(settings, clock, printer).run(fleet);
    }
  }

  private Outcome run(Fleet fleet) throws IOException, InterruptedException {
    printer.say("Starting earth, relay and mars on this machine.");
    DemoPlan plan = DemoPlan.load();
    fleet.start(compressed(plan, clock.now().wall().plus(LEAD_MILLIS)));
    TwinStory story =
        new TwinStory(
            new TwinApi(Site.EARTH, fleet.api(Site.EARTH)),
            new TwinApi(Site.MARS, fleet.api(Site.MARS)));
    story.part();
    DtnTime epoch = clock.now().wall().plus(LEAD_MILLIS);
    ContactPlan inForce = compressed(plan, epoch);
    fleet.follow(inForce, epoch);
    EnumMap<Site, Watcher> watchers = new EnumMap<>(Site.class);
    for (Site site : Site.values()) {
      watchers.put(site, new Watcher(site, fleet.api(site), journals));
    }
    List<Thread> helpers = startHelpers(fleet, watchers, epoch);
    helpers.add(Thread.ofVirtual().name("watch-twins").start(() -> watch(story, inForce)));
    Conduct conduct = new Conduct(fleet, inForce, epoch, watchers, story);
    try {
      conduct.untilTheEnd();
    } finally {
      run.over().countDown();
      for (Thread helper : helpers) {
        helper.join(Duration.ofSeconds(10));
      }
    }
    Optional<String> trouble = run.trouble().first();
    if (trouble.isPresent()) {
      throw new IOException(trouble.get());
    }
    watchers.values().forEach(Watcher::look);
    story.look(clock.now().wall(), inForce);
    return conduct.outcome();
  }

  private ContactPlan compressed(DemoPlan plan, DtnTime epoch) {
    return plan.compressed(epoch, settings.speed(), settings.turnsInAll());
  }

  private List<Thread> startHelpers(Fleet fleet, EnumMap<Site, Watcher> watchers, DtnTime epoch) {
    List<Thread> helpers = new ArrayList<>();
    for (Site site : Site.RELAY.neighbours()) {
      // Two hands: what is small is not handed in later because something large takes its time.
      for (boolean large : new boolean[] {false, true}) {
        List<Consignment> own =
            traffic.stream().filter(c -> c.from() == site && c.size() >= LARGE == large).toList();
        helpers.add(
            Thread.ofVirtual()
                .name("send-" + site.label())
                .start(
                    new Sender(
                        fleet.api(site),
                        own,
                        c -> epoch.plus(settings.millis(c.dueSeconds())).millis(),
                        clock,
                        ledger,
                        run)));
      }
      Optional<Sabotage> sabotage = settings.sabotage().filter(_ -> site == Site.MARS);
      helpers.add(
          Thread.ofVirtual()
              .name("receive-" + site.label())
              .start(new Receiver(site, fleet.api(site), clock, ledger, run, sabotage)));
    }
    watchers.forEach(
        (site, watcher) ->
            helpers.add(
                Thread.ofVirtual().name("watch-" + site.label()).start(() -> watch(watcher))));
    return helpers;
  }

  private void watch(Watcher watcher) {
    try {
      while (!run.isOverWithin(LOOK_MILLIS)) {
        watcher.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(TwinStory story, ContactPlan plan) {
    try {
      while (!run.isOverWithin(LOOK_MILLIS)) {
        story.look(clock.now().wall(), plan);
      }
    } catch (IOException e) {
      run.trouble().report("twins: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The main thread's part: it reads the meters, kills the relay, and tells when it is over. */
  private final class Conduct {
    private final Fleet fleet;
    private final ContactPlan plan;
    private final DtnTime epoch;
    private final EnumMap<Site, Watcher> watchers;
    private final TwinStory story;
    private final ContactUse use;
    private final List<LinkMeter> meters = new ArrayList<>();
    private final RelayCrash crash;
    private final Theft theft;
    private final List<String> told =
        new ArrayList<>(List.of("All three are ready; the plan is in force."));
    private DtnTime busyAt;

    Conduct(
        Fleet fleet,
        ContactPlan plan,
        DtnTime epoch,
        EnumMap<Site, Watcher> watchers,
        TwinStory story) {
      this.fleet = fleet;
      this.plan = plan;
      this.epoch = epoch;
      this.watchers = watchers;
      this.story = story;
      this.use = new ContactUse(plan);
      for (Site outer : Site.RELAY.neighbours()) {
        meters.add(new LinkMeter(outer, Site.RELAY, fleet.link(outer), plan, use));
      }
      int turn = Math.min(1, settings.turnsWithTraffic() - 1);
      long from = settings.millis(turn * (double) DemoPlan.TURN_SECONDS);
      this.crash = new RelayCrash(fleet, epoch.plus(from), 12_500L * settings.speed());
      this.theft = new Theft(fleet.api(Site.RELAY), plan);
      this.busyAt = epoch;
    }

    void untilTheEnd() throws IOException, InterruptedException {
      long length = settings.millis(settings.turnsInAll() * (double) DemoPlan.TURN_SECONDS);
      DtnTime deadline = epoch.plus(length);
      boolean thief = settings.sabotage().equals(Optional.of(Sabotage.LOSE));
      while (clock.now().wall().isBefore(deadline) && run.trouble().first().isEmpty()) {
        if (run.isOverWithin(TICK_MILLIS)) {
          return;
        }
        fleet.checkAlive();
        DtnTime now = clock.now().wall();
        long moved = 0;
        for (LinkMeter meter : meters) {
          meter.read(now);
          moved = Math.max(moved, meter.lastMoved());
        }
        if (crash.isTime(now, moved)) {
          crash.kill(now, moved, watcher(Site.RELAY)::killed, run.trouble(), clock);
        }
        if (thief) {
          theft.attempt(now);
        }
        printer.show(view(now));
        if (isQuiet(now)) {
          return;
        }
      }
    }

    private Watcher watcher(Site site) {
      Watcher watcher = watchers.get(site);
      if (watcher == null) {
        throw new IllegalStateException("nobody watches " + site.label());
      }
      return watcher;
    }

    /** Whether everything was sent, and for a while nothing was left that could still arrive. */
    private boolean isQuiet(DtnTime now) {
      boolean allSent = Verdict.on(ledger.passages()).sent() == traffic.size();
      boolean nothingHeld =
          watchers.values().stream()
              .map(Watcher::state)
              .allMatch(s -> s.condition() == View.Condition.READY && s.bundles() == 0);
      if (!allSent
          || !story.isOver()
          || !(ledger.isSettled() || nothingHeld)
          || crash.isUnderWay()) {
        busyAt = now;
      }
      return now.since(busyAt) >= QUIET_MILLIS;
    }

    private View view(DtnTime now) {
      Verdict verdict = ledger.verdict();
      return new View(
          now,
          epoch,
          meters.stream().map(LinkMeter::state).toList(),
          watchers.values().stream().map(Watcher::state).toList(),
          List.of(story.known().earth(), story.known().mars()),
          traffic.size(),
          verdict.sent(),
          verdict.delivered(),
          news());
    }

    /** What is new is told before what was told. */
    private String news() {
      for (Optional<String> each : List.of(story.news(), crash.news(), theft.news())) {
        if (each.isPresent() && !told.contains(each.get())) {
          told.add(each.get());
          return each.get();
        }
      }
      return told.getLast();
    }

    Outcome outcome() {
      DtnTime ended = clock.now().wall();
      List<String> known = ledger.passages().stream().map(Passage::bundle).toList();
      journals.expired().stream().filter(known::contains).forEach(ledger::expired);
      printer.say("");
      long held = watchers.values().stream().mapToLong(w -> w.state().bundles()).sum();
      if (held > 0 && !ledger.isSettled()) {
        printer.say(
            "The time is over while the gateways still hold %d bundles; they count as lost."
                .formatted(held));
      }
      return new Outcome(
          epoch,
          ended,
          ledger.passages(),
          journals.itineraries(plan),
          use.until(ended),
          crash.told(),
          story.known());
    }
  }
}
