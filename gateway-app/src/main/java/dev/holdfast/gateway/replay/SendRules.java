package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.LinkSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules on what leaves: nothing whose lifetime is over, nothing outside a contact of the plan,
 * and no more in a contact than it can carry.
 */
final class SendRules extends Watch {
  static final String LIFETIME = "lifetime";
  static final String CONTACT = "contact";
  static final String VOLUME = "contact-volume";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SLACK_NANOS = 1_000_000_000L;

  private final ContactPlan plan;
  private final Map<String, Course> courses = new HashMap<>();

  /** What a node has handed to a link that follows the plan. */
  private static final class Course {
    private final List<Contact> contacts;
    private int at;
    private long busyUntilNanos;

    Course(List<Contact> contacts) {
      this.contacts = contacts;
    }

    Optional<Contact> openAt(DtnTime now) {
      if (at > 0 && now.isBefore(contacts.get(at - 1).end())) {
        at = 0; // The node's clock went back.
      }
      while (at < contacts.size() && !contacts.get(at).end().isAfter(now)) {
        at++;
        busyUntilNanos = 0;
      }
      return at < contacts.size() && !now.isBefore(contacts.get(at).start())
          ? Optional.of(contacts.get(at))
          : Optional.empty();
    }

    /** Hands over bytes; by how much the last of them leaves too late, in nanoseconds. */
    long handed(long bytes, Contact contact, Moment now) {
      busyUntilNanos =
          Math.max(busyUntilNanos, now.bootNanos())
              + Contact.transferNanos(bytes, contact.bytesPerSecond());
      long left = contact.end().since(now.wall()) * NANOS_PER_MILLI;
      return busyUntilNanos - now.bootNanos() - left;
    }
  }

  SendRules(ContactPlan plan) {
    this.plan = plan;
  }

  @Override
  public void sending(SimNode node, Effect.Transmit transmit, Moment decided) {
    lifetime(node, transmit, decided);
    Optional<LinkSettings> link = settings(node, transmit.link());
    boolean planned = link.filter(l -> l.schedule() == LinkSettings.Schedule.PLAN).isPresent();
    if (planned && decided.trusted()) {
      contact(node, transmit, link.get(), decided);
    }
  }

  private static Optional<LinkSettings> settings(SimNode node, LinkId id) {
    return node.settings().links().stream().filter(l -> l.link().equals(id)).findFirst();
  }

  /** By the clock of the node, if that can be trusted; ages are checked where bundles arrive. */
  private static void lifetime(SimNode node, Effect.Transmit transmit, Moment decided) {
    HeldBundle bundle = transmit.bundle();
    if (bundle.service().clockless() || !decided.trusted()) {
      return;
    }
    DtnTime end = bundle.id().created().time().plusUnsigned(bundle.lifetime());
    if (decided.earliestWall().isAfter(end)) {
      throw new Violation(
          LIFETIME,
          node.name()
              + " sends "
              + bundle.id()
              + ", whose lifetime ended at "
              + end
              + ", at "
              + decided.wall());
    }
  }

  private void contact(SimNode node, Effect.Transmit transmit, LinkSettings link, Moment decided) {
    String key = node.name() + " " + transmit.link();
    Course course = courses.computeIfAbsent(key, k -> new Course(contacts(node, link)));
    Optional<Contact> open = course.openAt(decided.wall());
    if (open.isEmpty()) {
      throw new Violation(
          CONTACT,
          node.name()
              + " sends "
              + transmit.bundle().id()
              + " by "
              + transmit.link()
              + " outside a contact, at "
              + decided.wall());
    }
    long bytes = transmit.part().map(p -> p.length()).orElse(transmit.bundle().sizes().total());
    long late = course.handed(bytes, open.get(), decided);
    if (late > SLACK_NANOS) {
      throw new Violation(
          VOLUME,
          node.name()
              + " hands "
              + transmit.bundle().id()
              + " to "
              + transmit.link()
              + " although what it was handed needs "
              + late / NANOS_PER_MILLI
              + " ms more than is left of "
              + open.get());
    }
  }

  /** What the link was handed and has not sent is no more. */
  @Override
  public void noted(SimNode node, JournalEntry entry) {
    boolean gone =
        entry.kind() == JournalEntry.Kind.LINK_DOWN
            || entry.kind() == JournalEntry.Kind.TRANSFER_FAILED;
    if (gone) {
      entry
          .link()
          .map(link -> courses.get(node.name() + " " + link))
          .ifPresent(course -> course.busyUntilNanos = 0);
    }
  }

  @Override
  public void crashed(SimNode node) {
    courses.keySet().removeIf(key -> key.startsWith(node.name() + " "));
  }

  private List<Contact> contacts(SimNode node, LinkSettings link) {
    Optional<NodeNumber> from = Network.numberOf(node.nodeId());
    Optional<NodeNumber> to = link.neighbour().flatMap(Network::numberOf);
    return from.isEmpty() || to.isEmpty()
        ? List.of()
        : List.copyOf(plan.contactsBetween(from.get(), to.get()));
  }
}
