package dev.holdfast.contacts.orbit;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.orbit.Session.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes contacts of sessions: cut where the light time has drifted too far or the rate changes,
 * each with the longest light time in it, so that nothing arrives later than planned.
 */
final class ContactCutter {
  private final OrbitScenario scenario;
  private final DtnTime zero;

  ContactCutter(OrbitScenario scenario) {
    this.scenario = scenario;
    this.zero = DtnTime.of(scenario.start());
  }

  /** The contacts of one session, both ways if it is so. */
  List<Contact> contacts(Link link, Session session) {
    List<Contact> contacts = new ArrayList<>();
    boolean forth = link.isForth(session);
    if (link.rule().duplex() == Duplex.HALF) {
      turns(link, session, contacts);
      return contacts;
    }
    cut(link, forth, session.span(), contacts);
    if (session.both()) {
      cut(link, !forth, session.span(), contacts);
    }
    return contacts;
  }

  /** In half duplex the sides take turns, with room for the light between them. */
  private void turns(Link link, Session session, List<Contact> contacts) {
    int turn = (int) Math.max(1, link.rule().turn().toSeconds());
    int light = longestLight(link);
    int begin = session.both() ? session.span().start() : 0;
    int round = 2 * (turn + light);
    boolean forth = link.isForth(session);
    int first = begin + (session.span().start() - begin) / round * round;
    for (int at = first; at < session.span().end(); at += round) {
      Span mine = new Span(at, at + turn).within(session.span());
      Span yours = new Span(at, at + turn).later(turn + light).within(session.span());
      if (forth && mine.seconds() > 0) {
        cut(link, true, mine, contacts);
      }
      if ((session.both() || !forth) && yours.seconds() > 0) {
        cut(link, false, yours, contacts);
      }
    }
  }

  /** Whole seconds that the light takes at most during the plan, as far as a hundred looks tell. */
  private int longestLight(Link link) {
    double duration = scenario.duration().toSeconds();
    double longest = 0;
    for (int i = 0; i <= 100; i++) {
      longest = Math.max(longest, link.forth().lightTime(duration * i / 100));
    }
    return (int) Math.ceil(longest);
  }

  private void cut(Link link, boolean forth, Span span, List<Contact> contacts) {
    Sight sight = forth ? link.forth() : link.back();
    Rates rates = forth ? link.rule().rates() : link.rule().returnRates();
    int stride = (int) Sweep.step(sight);
    Piece piece = new Piece(rates, span.start(), sight.range(span.start()));
    int at = span.start();
    while (at < span.end()) {
      int next = Math.min(at + stride, span.end());
      double range = sight.range(next);
      if (piece.takes(range)) {
        piece = piece.with(range);
        at = next;
      } else {
        int edge = lastTaken(sight, piece, at, next);
        if (edge == piece.start()) {
          edge++; // A second is the least that a contact can be.
        }
        double there = sight.range(edge);
        add(link, forth, piece.with(there), edge, contacts);
        piece = new Piece(rates, edge, there);
        at = edge;
      }
    }
    if (piece.start() < span.end()) {
      add(link, forth, piece, span.end(), contacts);
    }
  }

  private static int lastTaken(Sight sight, Piece piece, int taken, int refused) {
    int low = taken;
    int high = refused;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (piece.takes(sight.range(middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void add(Link link, boolean forth, Piece piece, int end, List<Contact> contacts) {
    Rates rates = forth ? link.rule().rates() : link.rule().returnRates();
    if (piece.step() == rates.steps().size()) {
      return; // Too far for this direction's last rate.
    }
    int from = forth ? link.pair().first() : link.pair().second();
    int to = forth ? link.pair().second() : link.pair().first();
    contacts.add(
        Contact.of(
            scenario.nodes().get(from).number(),
            scenario.nodes().get(to).number(),
            zero.plus(piece.start() * 1000L),
            zero.plus(end * 1000L),
            rates.steps().get(piece.step()).bytesPerSecond(),
            (long) Math.ceil(piece.farthest() / Sight.LIGHT * 1000)));
  }

  /** What may be one contact so far. */
  private final class Piece {
    private final Rates rates;
    private final int start;
    private final int step;
    private final double nearest;
    private final double farthest;

    Piece(Rates rates, int start, double range) {
      this(rates, start, rates.stepAt(range), range, range);
    }

    private Piece(Rates rates, int start, int step, double nearest, double farthest) {
      this.rates = rates;
      this.start = start;
      this.step = step;
      this.nearest = nearest;
      this.farthest = farthest;
    }

    int start() {
      return start;
    }

    int step() {
      return step;
    }

    double farthest() {
      return farthest;
    }

    boolean takes(double range) {
      return rates.stepAt(range) == step
          && scenario
              .cutting()
              .isOne(
                  Math.min(nearest, range) / Sight.LIGHT, Math.max(farthest, range) / Sight.LIGHT);
    }

    Piece with(double range) {
      return new Piece(rates, start, step, Math.min(nearest, range), Math.max(farthest, range));
    }
  }
}
