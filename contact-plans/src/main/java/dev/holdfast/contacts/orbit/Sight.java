package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.orbit.Motion.Fix;

/**
 * Whether one node can send to another, and how far it is.
 *
 * <p>Between nodes of one body the light takes milliseconds and both places are taken at the same
 * instant, so the answer is the same both ways. Between bodies the sender is taken when it sends
 * and the receiver when it hears: where the Moon or Mars hides the line may differ by minutes
 * between the two directions.
 */
final class Sight {
  /** Kilometres that light goes in a second. */
  static final double LIGHT = 299_792.458;

  private static final int LIGHT_TIME_ROUNDS = 2;

  private final Sky sky;
  private final Motion from;
  private final Motion to;
  private final Reach reach;

  Sight(Sky sky, Motion from, Motion to, Reach reach) {
    this.sky = sky;
    this.from = from;
    this.to = to;
    this.reach = reach;
  }

  Motion from() {
    return from;
  }

  Motion to() {
    return to;
  }

  /** The same the other way round. */
  Sight reversed() {
    return new Sight(sky, to, from, reach);
  }

  /** Whether both ends belong to one body, and so the answer is the same both ways. */
  boolean isMutual() {
    return from.body() == to.body();
  }

  /** Seconds that what is sent at {@code seconds} is under way. */
  double lightTime(double seconds) {
    return range(seconds) / LIGHT;
  }

  /** Kilometres that what is sent at {@code seconds} goes. */
  double range(double seconds) {
    if (isMutual()) {
      return to.at(seconds).position().minus(from.at(seconds).position()).length();
    }
    return view(seconds).line().length();
  }

  /** Above zero if what is sent at {@code seconds} is heard; continuous, without unit. */
  double clearance(double seconds) {
    return isMutual()
        ? clearance(seconds, from.at(seconds), to.at(seconds))
        : clearance(view(seconds));
  }

  /** The same for nodes of one body, whose places are known. */
  double clearance(double seconds, Fix a, Fix b) {
    Vector line = b.position().minus(a.position());
    double range = line.length();
    double clear = reach.maxRange() / range - 1;
    boolean ground = false;
    if (from instanceof Site site && site.isOnGround()) {
      clear = Math.min(clear, site.clearance(seconds, a, line.times(1 / range)));
      ground = true;
    }
    if (to instanceof Site site && site.isOnGround()) {
      clear = Math.min(clear, site.clearance(seconds, b, line.times(-1 / range)));
      ground = true;
    }
    return ground ? clear : Math.min(clear, past(from.body(), Vector.ZERO, a.position(), line));
  }

  /**
   * What lies between a sender and a receiver, all from one origin.
   *
   * @param sent when, seconds
   * @param heard when, seconds
   * @param a the sender at {@code sent}
   * @param b the receiver at {@code heard}
   * @param start the sender from the origin
   * @param line from the sender to the receiver
   */
  private record View(double sent, double heard, Fix a, Fix b, Vector start, Vector line) {}

  private View view(double sent) {
    Fix a = from.at(sent);
    Vector start = centre(from.body(), sent).plus(a.position());
    double heard = sent;
    Fix b = to.at(heard);
    Vector line = centre(to.body(), heard).plus(b.position()).minus(start);
    for (int i = 0; i < LIGHT_TIME_ROUNDS; i++) {
      heard = sent + line.length() / LIGHT;
      b = to.at(heard);
      line = centre(to.body(), heard).plus(b.position()).minus(start);
    }
    return new View(sent, heard, a, b, start, line);
  }

  /** From the Earth within its system, else from the Sun. */
  private Vector centre(Body body, double seconds) {
    return from.body().sharesSystemWith(to.body())
        ? sky.fromEarth(body, seconds)
        : sky.fromSun(body, seconds);
  }

  private double clearance(View view) {
    double range = view.line().length();
    Vector ahead = view.line().times(1 / range);
    double clear = reach.maxRange() / range - 1;
    clear = Math.min(clear, atEnd(from, view.sent(), view.a(), ahead, view));
    clear = Math.min(clear, atEnd(to, view.heard(), view.b(), ahead.times(-1), view));
    return from.body().sharesSystemWith(to.body()) ? clear : Math.min(clear, ofSun(view));
  }

  /** What stands in the way near one end: the ground there, its body, and the body's companion. */
  private double atEnd(Motion end, double seconds, Fix fix, Vector ahead, View view) {
    double clear =
        switch (end) {
          case Centre _ -> 1;
          case Site site when site.isOnGround() -> site.clearance(seconds, fix, ahead);
          case Site _, Ellipse _, Satellite _ -> past(end.body(), seconds, view);
        };
    if (!from.body().sharesSystemWith(to.body())) {
      clear =
          switch (end.body()) {
            case EARTH -> Math.min(clear, past(Body.MOON, seconds, view));
            case MOON -> Math.min(clear, past(Body.EARTH, seconds, view));
            case MARS -> clear;
          };
    }
    return clear;
  }

  private double past(Body body, double seconds, View view) {
    return past(body, centre(body, seconds), view.start(), view.line());
  }

  /** By how much of the kept distance a line passes outside of it. */
  private double past(Body body, Vector centre, Vector start, Vector line) {
    Vector toStart = start.minus(centre);
    double share = Math.clamp(-toStart.dot(line) / line.dot(line), 0.0, 1.0);
    double kept = reach.keptFrom(body);
    return (toStart.plus(line.times(share)).length() - kept) / kept;
  }

  /** By how much the far end stands outside the angle around the Sun, seen from the Earth's end. */
  private double ofSun(View view) {
    if (reach.sunAngle() <= 0) {
      return 1;
    }
    Vector end = view.start().plus(view.line());
    boolean atMars = from.body() == Body.MARS;
    Vector here = atMars ? end : view.start();
    Vector there = atMars ? view.line().times(-1) : view.line();
    return here.times(-1).angleTo(there) - reach.sunAngle();
  }
}
