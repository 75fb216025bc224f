package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings.ContactSettings;
import dev.holdfast.gateway.turn.NodeStatus.LinkState;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens and closes links by the plan, and judges each against it.
 *
 * <p>A link is told to be open from the start of a contact in either direction until its end plus
 * the light time there and back and a grace, so that acknowledgements find their way; bundles leave
 * only within a contact from here.
 */
public final class ContactSchedule {
  private final ContactSettings settings;
  private final Optional<NodeNumber> self;

  /** A schedule for the node with that number. */
  public ContactSchedule(ContactSettings settings, Optional<NodeNumber> self) {
    this.settings = settings;
    this.self = self;
  }

  /**
   * What a review found.
   *
   * @param changed the links whose contact from here began or ended
   * @param missed the links whose open contact counts as missed from now on
   * @param found the links whose open contact counted as missed until now
   */
  public record Review(List<Egress> changed, List<Egress> missed, List<Egress> found) {}

  /** Brings every link to where the plan wants it now. */
  public Review review(ContactPlan plan, Iterable<Egress> links, Turn turn) {
    Review review = new Review(new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0));
    for (Egress link : links) {
      switch (link.settings().schedule()) {
        case ALWAYS -> always(link, turn);
        case PLAN -> {
          if (follow(plan, link, turn)) {
            review.changed.add(link);
          }
        }
        case DISABLED -> {
          continue;
        }
      }
      judge(plan, link, turn);
      boolean missed = missedAt(link).filter(at -> !turn.now().wall().isBefore(at)).isPresent();
      if (missed != link.missed()) {
        link.missed(missed);
        (missed ? review.missed : review.found).add(link);
      }
    }
    return review;
  }

  /** When the contact that is open counts as missed, if the neighbour stays silent. */
  private Optional<DtnTime> missedAt(Egress link) {
    return switch (link.state()) {
      case NOT_ACQUIRED, LOST_EARLY ->
          link.contact()
              .map(c -> link.since().plus(4 * c.owltMillis() + settings.missedAfterMillis()));
      case UP, DOWN_PLANNED, UNEXPECTED_UP, DISABLED -> Optional.empty();
    };
  }

  private static void always(Egress link, Turn turn) {
    if (!link.ordered()) {
      link.ordered(true);
      turn.then(
          new Effect.OpenLink(
              link.settings().link(), new Link.OpenOrder(link.settings().bytesPerSecond())));
    }
  }

  private boolean follow(ContactPlan plan, Egress link, Turn turn) {
    Moment now = turn.now();
    boolean mayOpen = now.trusted() || settings.onUntrustedClock();
    Optional<Contact> open = mayOpen ? forward(plan, link, now.wall()) : Optional.empty();
    boolean changed = !open.equals(link.contact());
    if (changed) {
      link.contact()
          .ifPresent(c -> turn.note(Kind.CONTACT_ENDED, name(link), Optional.empty(), text(c)));
      link.contact(open);
      open.ifPresent(c -> turn.note(Kind.CONTACT_STARTED, name(link), Optional.empty(), text(c)));
    }
    boolean wanted = open.isPresent() || (mayOpen && isLingering(plan, link, now.wall()));
    if (wanted && (!link.ordered() || (changed && open.isPresent()))) {
      link.ordered(true);
      turn.then(new Effect.OpenLink(link.settings().link(), new Link.OpenOrder(link.rate())));
    } else if (!wanted && link.ordered()) {
      link.ordered(false);
      turn.then(
          new Effect.CloseLink(
              link.settings().link(), new Link.CloseOrder(0, "the contact is over")));
    }
    return changed;
  }

  private static Optional<dev.holdfast.gateway.link.LinkId> name(Egress link) {
    return Optional.of(link.settings().link());
  }

  private static String text(Contact c) {
    return "contact "
        + c.from()
        + " to "
        + c.to()
        + ", "
        + c.start()
        + " to "
        + c.end()
        + ", "
        + c.bytesPerSecond()
        + " B/s, light time "
        + c.owltMillis()
        + " ms";
  }

  private Optional<Contact> forward(ContactPlan plan, Egress link, DtnTime now) {
    return both(link).flatMap(pair -> plan.openAt(pair.us(), pair.them(), now));
  }

  private record Pair(NodeNumber us, NodeNumber them) {}

  private Optional<Pair> both(Egress link) {
    Optional<NodeNumber> them = link.neighbour().flatMap(Router::numberOf);
    return self.flatMap(us -> them.map(t -> new Pair(us, t)));
  }

  private boolean isLingering(ContactPlan plan, Egress link, DtnTime now) {
    Optional<Pair> pair = both(link);
    if (pair.isEmpty()) {
      return false;
    }
    return isLingering(relevant(plan, pair.get().us(), pair.get().them(), now), now)
        || isLingering(relevant(plan, pair.get().them(), pair.get().us(), now), now);
  }

  private boolean isLingering(List<Contact> contacts, DtnTime now) {
    for (Contact c : contacts) {
      if (now.isBefore(c.start())) {
        return false; // Ascending by start.
      }
      if (now.isBefore(over(c))) {
        return true;
      }
    }
    return false;
  }

  /** When the last acknowledgement of a contact may have come in. */
  private DtnTime over(Contact contact) {
    return contact.end().plus(2 * contact.owltMillis() + settings.drainGraceMillis());
  }

  /** The contacts of a pair whose acknowledgements may still come in, and all after them. */
  private List<Contact> relevant(ContactPlan plan, NodeNumber from, NodeNumber to, DtnTime now) {
    List<Contact> all = plan.contactsBetween(from, to);
    int first = all.size() - plan.contactsBetween(from, to, now).size();
    while (first > 0 && over(all.get(first - 1)).isAfter(now)) {
      first--;
    }
    return all.subList(first, all.size());
  }

  /** When the plan next wants something of one of the links. */
  public Optional<DtnTime> nextChange(ContactPlan plan, Iterable<Egress> links, DtnTime now) {
    Optional<DtnTime> next = Optional.empty();
    for (Egress link : links) {
      Optional<Pair> pair = both(link);
      if (link.settings().schedule() != LinkSettings.Schedule.PLAN || pair.isEmpty()) {
        continue;
      }
      next =
          earlier(next, nextChange(relevant(plan, pair.get().us(), pair.get().them(), now), now));
      next = earlier(next, missedAt(link).filter(at -> at.isAfter(now)));
      next =
          earlier(next, nextChange(relevant(plan, pair.get().them(), pair.get().us(), now), now));
    }
    return next;
  }

  private Optional<DtnTime> nextChange(List<Contact> contacts, DtnTime now) {
    Optional<DtnTime> next = Optional.empty();
    for (Contact c : contacts) {
      for (DtnTime at : List.of(c.start(), c.end(), over(c))) {
        if (at.isAfter(now)) {
          next = earlier(next, Optional.of(at));
        }
      }
      if (c.start().isAfter(now)) {
        break; // Ascending by start: later contacts change nothing sooner.
      }
    }
    return next;
  }

  private static Optional<DtnTime> earlier(Optional<DtnTime> a, Optional<DtnTime> b) {
    return a.isEmpty() ? b : b.isEmpty() ? a : Optional.of(DtnTime.min(a.get(), b.get()));
  }

  private void judge(ContactPlan plan, Egress link, Turn turn) {
    boolean planned =
        link.settings().schedule() == LinkSettings.Schedule.ALWAYS || link.contact().isPresent();
    boolean up = link.up().isPresent();
    LinkState state;
    String because;
    if (planned && up) {
      state = LinkState.UP;
      because =
          link.contact().map(c -> "contact until " + c.end()).orElse("always open, and heard");
    } else if (planned) {
      state = link.heard() ? LinkState.LOST_EARLY : LinkState.NOT_ACQUIRED;
      because =
          (link.heard() ? "heard, then lost" : "nothing heard")
              + link.contact().map(c -> " since " + c.start()).orElse("; always open");
    } else if (up && link.ordered()) {
      state = LinkState.UP;
      because = "the contact from here is over; the neighbour's, or its acknowledgements, go on";
    } else if (up) {
      state = LinkState.UNEXPECTED_UP;
      because = "no contact is planned now";
    } else {
      state = LinkState.DOWN_PLANNED;
      because =
          nextStart(plan, link, turn.now().wall())
              .map(s -> "next contact " + s)
              .orElse("no contact is planned");
    }
    link.judged(state, because, turn.now().wall());
  }

  /** Start of the next contact from here to a link's neighbour. */
  public Optional<DtnTime> nextStart(ContactPlan plan, Egress link, DtnTime now) {
    return both(link)
        .flatMap(
            pair ->
                plan.contactsBetween(pair.us(), pair.them(), now).stream()
                    .map(Contact::start)
                    .filter(s -> s.isAfter(now))
                    .findFirst());
  }
}
