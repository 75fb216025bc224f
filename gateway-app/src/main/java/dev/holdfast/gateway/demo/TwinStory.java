package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two regions change the same twins while they do not hear each other. What it knows may be asked
 * on any thread; all else is for one thread at a time.
 */
final class TwinStory {
  private final TwinApi earthApi;
  private final TwinApi marsApi;
  private boolean resolving;
  private volatile TwinOutcome known;

  /** The story of those regions. */
  TwinStory(TwinApi earth, TwinApi mars) {
    this.earthApi = earth;
    this.marsApi = mars;
    this.known =
        new TwinOutcome(
            TwinState.unknown(Site.EARTH),
            TwinState.unknown(Site.MARS),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty(),
            new TreeMap<>());
  }

  /**
   * Makes twins on earth, carries them to mars by hand, and changes them on both sides; before any
   * link is there.
   */
  void part() throws IOException {
    for (TwinScript.Edit edit : TwinScript.before()) {
      earthApi.make(edit);
    }
    byte[] asked = marsApi.take(earthApi.digest());
    byte[] told = asked.length == 0 ? asked : earthApi.take(asked);
    if (told.length > 0) {
      byte[] _ = marsApi.take(told);
    }
    for (TwinScript.Edit edit : TwinScript.apart(Site.EARTH)) {
      earthApi.make(edit);
    }
    for (TwinScript.Edit edit : TwinScript.apart(Site.MARS)) {
      marsApi.make(edit);
    }
    SortedMap<String, Site> writers = new TreeMap<>();
    marsApi.streams(TwinScript.PUMP).forEach(stream -> writers.put(stream, Site.MARS));
    earthApi.streams(TwinScript.PUMP).forEach(stream -> writers.put(stream, Site.EARTH));
    TwinOutcome was = known;
    known =
        new TwinOutcome(
            was.earth(), was.mars(), was.firstEqual(), 0, was.seen(), was.resolvedAt(), writers);
  }

  /**
   * Looks at both regions, and resolves the conflict on earth once both have seen it, while nothing
   * that earth says can reach mars at once.
   */
  void look(DtnTime now, ContactPlan plan) throws IOException {
    TwinOutcome was = known;
    TwinState earth = earthApi.look();
    TwinState mars = marsApi.look();
    boolean equal = earth.equalsOf(mars);
    boolean isFirst = equal && was.firstEqual().isEmpty();
    boolean isResolved =
        equal && resolving && earth.conflicts().isEmpty() && TwinScript.isResolved(earth.things());
    known =
        new TwinOutcome(
            earth,
            mars,
            isFirst ? Optional.of(now) : was.firstEqual(),
            isFirst ? contacts(now, plan) : was.afterContact(),
            isFirst ? earth.conflicts() : was.seen(),
            was.resolvedAt().or(() -> isResolved ? Optional.of(now) : Optional.empty()),
            was.writers());
    if (equal && !resolving && isApart(now, plan)) {
      earthApi.make(TwinScript.resolution());
      resolving = true;
    }
  }

  private static int contacts(DtnTime now, ContactPlan plan) {
    return (int)
        plan.contactsBetween(Site.RELAY.node(), Site.MARS.node()).stream()
            .filter(contact -> !contact.start().isAfter(now))
            .count();
  }

  private static boolean isApart(DtnTime now, ContactPlan plan) {
    return Site.RELAY.neighbours().stream()
        .anyMatch(site -> plan.openAt(site.node(), Site.RELAY.node(), now).isEmpty());
  }

  /** Whether the story is told to its end. Any thread. */
  boolean isOver() {
    return known.resolvedAt().isPresent();
  }

  /** What is known. Any thread. */
  TwinOutcome known() {
    return known;
  }

  /** The latest for people. Any thread. */
  Optional<String> news() {
    TwinOutcome now = known;
    if (now.resolvedAt().isPresent()) {
      return Optional.of("The conflict of twins is resolved on both sides.");
    }
    return now.firstEqual()
        .map(
            _ ->
                now.seen().isEmpty()
                    ? "The twins are the same on both sides."
                    : "The twins are the same on both sides; conflict at "
                        + now.seen().getFirst().words(now.writers())
                        + ".");
  }
}
