package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a bundle travelled. Pure.
 *
 * @param waited whether at some site it had to wait for a window that was closed
 * @param contacts the contacts it left in, in order of time; one it had to be sent in again after a
 *     crash stands here too
 */
record Itinerary(boolean waited, List<Contact> contacts) {
  /** Keeps an unmodifiable copy. */
  Itinerary {
    contacts = List.copyOf(contacts);
  }

  /** What a gateway did with a bundle. */
  enum What {
    /** It took it: from an application, or from the site before. */
    TOOK,
    /** It began to send it to the next site. */
    SENT,
    /** The next site confirmed that it has it. */
    CONFIRMED
  }

  /**
   * One thing that happened to a bundle.
   *
   * @param site where
   * @param what what
   * @param at when
   * @param towards the next site, unless it was taken
   */
  record Step(Site site, What what, DtnTime at, Optional<Site> towards) {}

  /** The itinerary that these steps, in any order, make. Steps may be missing after a crash. */
  static Itinerary of(List<Step> steps, ContactPlan plan) {
    List<Step> byTime = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    List<Contact> contacts = new ArrayList<>();
    boolean waited = false;
    for (Step step : byTime) {
      if (step.what == What.SENT && step.towards.isPresent()) {
        Site next = step.towards.get();
        waited |= hadToWait(byTime, step, next, plan);
        plan.openAt(step.site.node(), next.node(), step.at)
            .filter(contact -> !contacts.contains(contact))
            .ifPresent(contacts::add);
      }
    }
    return new Itinerary(waited, contacts);
  }

  /** Whether the window was closed when the bundle came, or closed before it was sent. */
  private static boolean hadToWait(List<Step> byTime, Step sent, Site next, ContactPlan plan) {
    Optional<DtnTime> came =
        byTime.stream()
            .filter(step -> !step.at.isAfter(sent.at) && isArrival(step, sent.site))
            .map(Step::at)
            .findFirst();
    return came.isPresent()
        && plan.openAt(sent.site.node(), next.node(), came.get())
            .filter(contact -> contact.isOpenAt(sent.at))
            .isEmpty();
  }

  private static boolean isArrival(Step step, Site site) {
    return switch (step.what) {
      case TOOK -> step.site == site;
      case SENT -> false;
      case CONFIRMED -> step.towards.equals(Optional.of(site));
    };
  }
}
