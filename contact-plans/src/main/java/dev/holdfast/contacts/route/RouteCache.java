package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.NodeNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Best routes, remembered for as long as they provably are the best: every answer is the one that
 * {@link EarliestArrival} would give.
 *
 * <p>Why that can be known without a search: when time goes on and more is booked, no route arrives
 * earlier than it did, and none that was not there appears. So the best route of an earlier query
 * is still the best one if it still arrives at the same time, which is looked up along its
 * contacts; and where there was no route there is none. Over contacts that are all open the arrival
 * moves on with the clock; then it is known from the plan until when no other route can come up
 * ({@link LagHorizon}). Only a booking given back may open something better, and a query that lies
 * before the last one: then it is searched anew.
 *
 * <p>For one plan and its bookings; a new plan needs a new cache. One thread.
 */
public final class RouteCache {
  /** About 4 MB; bundles of many sizes would fill any table with answers that nobody asks again. */
  private static final int MOST_ANSWERS = 4_096;

  private final EarliestArrival search;
  private final Bookings bookings;
  private final LagHorizon horizon;
  private final Map<Question, Answer> answers = new HashMap<>();
  private long searches;

  /** A query without its time. */
  private record Question(
      NodeNumber from,
      NodeNumber to,
      long sizeBytes,
      TrafficClass trafficClass,
      List<NodeNumber> excluded,
      OwltMargin margin,
      ContactEnd contactEnd) {
    static Question of(RouteQuery query) {
      return new Question(
          query.from(),
          query.to(),
          query.sizeBytes(),
          query.trafficClass(),
          query.excluded(),
          query.margin(),
          query.contactEnd());
    }

    /** Spelled out, since every bundle asks. */
    @Override
    public int hashCode() {
      int hash = 31 * (31 * to.hashCode() + Long.hashCode(sizeBytes)) + excluded.hashCode();
      return 31 * hash + trafficClass.code();
    }
  }

  /**
   * What was found, when, after how many releases, and until when it is as good a lag later.
   *
   * @param course the route by itself; empty if there was something booked on its contacts
   */
  private record Answer(
      DtnTime at,
      long releases,
      List<Integer> contacts,
      Optional<Route> route,
      Optional<Course> course,
      long horizonNanos) {

    /** Whether the bundle waits nowhere: then it arrives later when it leaves later. */
    boolean isMoving() {
      if (course.isPresent() || route.isEmpty()) {
        return course.filter(Course::isMoving).isPresent();
      }
      DtnTime here = at;
      for (Hop hop : route.get().hops()) {
        if (!hop.firstByte().equals(here)) {
          return false;
        }
        here = hop.arrival();
      }
      return true;
    }

    boolean isAsGood(Route later) {
      Route known = route.orElseThrow();
      DtnTime then = later.query().at();
      long delay = later.arrival().since(known.arrival());
      return isAsGood(then, delay);
    }

    /** Whether an arrival so much later is still the earliest of a query at that time. */
    boolean isAsGood(DtnTime then, long delay) {
      return delay == 0 || (delay == then.since(at) && PlanGraph.nanos(then) < horizonNanos);
    }
  }

  /**
   * Remembers nothing yet.
   *
   * @param bookings made on the plan that is searched
   */
  public RouteCache(EarliestArrival search, Bookings bookings) {
    this.search = search;
    this.bookings = bookings;
    this.horizon = new LagHorizon(search.passes());
  }

  /** How many answers needed a search. */
  public long searches() {
    return searches;
  }

  /** The best route, as {@link EarliestArrival#route(RouteQuery, Bookings)} gives it. */
  public Optional<Route> route(RouteQuery query) {
    Question question = Question.of(query);
    Answer answer = answers.get(question);
    if (answer != null && isValid(answer, query)) {
      if (answer.route.isEmpty()) {
        return Optional.empty();
      }
      Optional<Route> again = again(answer, query);
      if (again.isPresent()) {
        return again;
      }
    }
    return searched(question, query, answer != null && answer.isMoving());
  }

  private boolean isValid(Answer answer, RouteQuery query) {
    return !query.at().isBefore(answer.at)
        && (query.sizeBytes() == 0 || answer.releases == bookings.releases());
  }

  private Optional<Route> again(Answer answer, RouteQuery query) {
    if (answer.course.isPresent()) {
      Course course = answer.course.get();
      if (query.sizeBytes() == 0 || course.isWhole(bookings)) {
        long delay = query.at().since(answer.at);
        return course.isOpen(delay) && answer.isAsGood(query.at(), course.arrivesLater(delay))
            ? Optional.of(course.later(query, delay))
            : Optional.empty();
      }
    }
    return search.along(query, answer.contacts, bookings).filter(answer::isAsGood);
  }

  /**
   * @param moved whether the answer before moved on with the clock: then this one is asked for
   *     again too, and it pays to find out for how long it holds
   */
  private Optional<Route> searched(Question question, RouteQuery query, boolean moved) {
    searches++;
    Optional<List<Integer>> contacts = search.contacts(query, bookings, Detour.NONE);
    Optional<Route> route = contacts.flatMap(c -> search.along(query, c, bookings));
    List<Integer> indices = contacts.orElse(List.of());
    boolean whole = query.sizeBytes() == 0 || indices.stream().allMatch(bookings::isWholeAt);
    Optional<Course> course = route.filter(_ -> whole).map(found -> new Course(found, indices));
    long releases = bookings.releases();
    Answer answer = new Answer(query.at(), releases, indices, route, course, 0);
    if (moved && answer.isMoving()) {
      long until = horizon.until(route.orElseThrow());
      answer = new Answer(query.at(), releases, indices, route, course, until);
    }
    if (answers.size() >= MOST_ANSWERS) {
      answers.clear();
    }
    answers.put(question, answer);
    return route;
  }
}
