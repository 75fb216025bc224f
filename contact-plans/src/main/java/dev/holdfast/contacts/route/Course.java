package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import java.util.AbstractList;
import java.util.List;

/**
 * A route over contacts without bookings, and what becomes of it when the bundle leaves later: it
 * is as much later at every hop, less what it waited up to there. That takes a look at a few
 * numbers, and not one at each contact.
 *
 * <p>Without bookings the first byte leaves at a whole millisecond, since nodes act on those, so
 * that milliseconds are exact here.
 */
final class Course {
  private final Route route;
  private final int[] contacts;

  /** How long the bundle waits before each hop and those before it. */
  private final long[] waited;

  /** Of each hop: when its first byte leaves, by when it must for the volume's sake, the rate. */
  private final long[] first;

  private final long[] stop;
  private final long[] rate;
  private final long mostDelay;

  /** The hops of a route, later; each is computed when it is looked at. */
  static final class Delayed extends AbstractList<Hop> {
    private final Course course;
    private final long delay;

    Delayed(Course course, long delay) {
      this.course = course;
      this.delay = delay;
    }

    /** Whether the hops lead from one end of a query to the other. */
    boolean lead(RouteQuery query) {
      RouteQuery known = course.route.query();
      return known.from().equals(query.from()) && known.to().equals(query.to());
    }

    @Override
    public Hop get(int index) {
      Hop hop = course.route.hops().get(index);
      long later = delay - course.waited[index];
      return later <= 0
          ? hop
          : new Hop(
              hop.contact(),
              hop.firstByte().plus(later),
              hop.lastByte().plus(later),
              hop.arrival().plus(later));
    }

    @Override
    public int size() {
      return course.contacts.length;
    }
  }

  /**
   * Nothing is booked on the contacts.
   *
   * @param indices of the contacts in the plan
   */
  Course(Route route, List<Integer> indices) {
    this.route = route;
    int count = indices.size();
    contacts = new int[count];
    waited = new long[count];
    first = new long[count];
    stop = new long[count];
    rate = new long[count];
    RouteQuery query = route.query();
    DtnTime here = query.at();
    long sum = 0;
    long most = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      Hop hop = route.hops().get(i);
      Contact contact = hop.contact();
      sum += hop.firstByte().since(here);
      here = hop.arrival();
      contacts[i] = indices.get(i);
      waited[i] = sum;
      first[i] = hop.firstByte().millis();
      stop[i] = contact.end().millis();
      rate[i] = contact.bytesPerSecond();
      long length = query.sizeBytes() == 0 ? 0 : Contact.transferNanos(query.sizeBytes(), rate[i]);
      long room =
          contact.endNanos()
              - PlanGraph.nanos(hop.firstByte())
              - query.contactEnd().leastNanos(length);
      most = Math.min(most, Math.floorDiv(room, PlanGraph.NANOS_PER_MILLI) + sum);
    }
    for (int i = count - 2; i >= 0; i--) {
      stop[i] = Math.min(stop[i], stop[i + 1]);
    }
    mostDelay = most;
  }

  /** Whether every contact still lets the bundle go if it leaves so many milliseconds later. */
  boolean isOpen(long delay) {
    return delay <= mostDelay;
  }

  /** How much later it arrives then. */
  long arrivesLater(long delay) {
    return Math.max(0, delay - waited[waited.length - 1]);
  }

  /** Whether it never waits. */
  boolean isMoving() {
    return waited[waited.length - 1] == 0;
  }

  boolean isWhole(Bookings bookings) {
    for (int contact : contacts) {
      if (!bookings.isWholeAt(contact)) {
        return false;
      }
    }
    return true;
  }

  /** The same way for a query alike but so many milliseconds later. */
  Route later(RouteQuery query, long delay) {
    long volume = delay <= waited[0] ? route.volumeLeft() : volumeLeft(delay);
    return new Route(query, new Delayed(this, delay), Math.max(volume, query.sizeBytes()));
  }

  // SABR §3.2.6.8.9, as for the route itself.
  private long volumeLeft(long delay) {
    long volume = Long.MAX_VALUE;
    for (int i = 0; i < first.length; i++) {
      long leaves = first[i] + Math.max(0, delay - waited[i]);
      volume = Math.min(volume, Contact.bytesIn(Math.max(0, stop[i] - leaves), rate[i]));
    }
    return volume;
  }
}
