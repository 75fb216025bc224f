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
  /** About 3 MB; bundles of many sizes would fill any table with answers that nobody asks again. */
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

  /** What was found, when, after how many releases, and until when it is as good a lag later. */
  private record Answer(
      DtnTime at, long releases, List<Integer> contacts, Optional<Route> route, long horizonNanos) {

    /** Whether the bundle waits nowhere: then it arrives later when it leaves later. */
    boolean isMoving() {
      if (route.isEmpty()) {
        return false;
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
      return later.arrival().equals(known.arrival())
          || (PlanGraph.nanos(then) < horizonNanos
              && later.arrival().since(then) == known.arrival().since(at));
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
    Route known = answer.route.get();
    // Until its first byte leaves, a route over contacts without bookings is the same.
    if (query.sizeBytes() == 0 && !query.at().isAfter(known.hops().getFirst().firstByte())) {
      return Optional.of(new Route(query, known.hops(), known.volumeLeft()));
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
    long releases = bookings.releases();
    Answer answer = new Answer(query.at(), releases, indices, route, 0);
    if (moved && answer.isMoving()) {
      answer = new Answer(query.at(), releases, indices, route, horizon.until(route.orElseThrow()));
    }
    if (answers.size() >= MOST_ANSWERS) {
      answers.clear();
    }
    answers.put(question, answer);
    return route;
  }
}
