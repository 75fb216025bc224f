package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.procedure.Procedures;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.HeldQueue;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Counters;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.NodeStatus.ContactStatus;
import dev.holdfast.gateway.turn.NodeStatus.LinkStatus;
import dev.holdfast.gateway.turn.NodeStatus.QueueStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the node is, for people: links judged against the plan, contacts and what they carry, queues
 * and where they go next.
 */
final class StatusView {
  private static final int MOST_CONTACTS = 256;
  private static final int MOST_ENDPOINTS = 4096;

  private final NodeSettings settings;
  private final Procedures procedures;
  private final Counters counters;
  private final PlanHorizon horizon;
  private final CongestionWatch congestion;
  private final List<Eid> endpoints;

  StatusView(
      NodeSettings settings,
      Procedures procedures,
      Counters counters,
      PlanHorizon horizon,
      CongestionWatch congestion) {
    this.horizon = horizon;
    this.congestion = congestion;
    this.settings = settings;
    this.procedures = procedures;
    this.counters = counters;
    this.endpoints = new ArrayList<>(settings.endpoints());
  }

  Answer register(Eid endpoint) {
    if (!settings.isLocal(endpoint)) {
      return new Answer.Refused(
          Answer.Reason.INVALID,
          endpoint + " is no endpoint of this node, which is " + settings.nodes());
    }
    if (!endpoints.contains(endpoint)) {
      if (endpoints.size() >= MOST_ENDPOINTS) {
        return new Answer.Refused(Answer.Reason.NO_SPACE, "too many endpoints are registered");
      }
      endpoints.add(endpoint);
    }
    return new Answer.Done(1);
  }

  NodeStatus look(Moment now, boolean accepting) {
    List<LinkStatus> links = new ArrayList<>();
    procedures.links().all().forEach(link -> links.add(link(link, now.wall())));
    List<QueueStatus> queues = new ArrayList<>();
    procedures.holding().queues().all().forEach(queue -> queues.add(queue(queue, now.wall())));
    return new NodeStatus(
        now,
        settings.nodes(),
        links,
        contacts(now.wall()),
        queues,
        List.copyOf(endpoints),
        counters.snapshot(),
        procedures.router().plan().version(),
        horizon.look(now.wall()),
        congestion.look(),
        procedures.exchange().look(now.bootMillis()),
        accepting);
  }

  private LinkStatus link(Egress link, DtnTime now) {
    return new LinkStatus(
        link.settings().link(),
        link.neighbour(),
        link.state(),
        link.because(),
        link.since(),
        link.inFlight().size(),
        link.sentBytes(),
        link.receivedBytes(),
        link.protocolErrors(),
        link.lastProtocolError(),
        procedures.contacts().nextStart(procedures.router().plan(), link, now));
  }

  private List<ContactStatus> contacts(DtnTime now) {
    Optional<NodeNumber> self = procedures.router().self();
    if (self.isEmpty()) {
      return List.of();
    }
    return procedures.router().plan().contactsFrom(self.get()).stream()
        .filter(c -> c.end().isAfter(now))
        .sorted(Comparator.comparing(Contact::start))
        .limit(MOST_CONTACTS)
        .map(this::contact)
        .toList();
  }

  private ContactStatus contact(Contact contact) {
    long used =
        procedures.links().all().stream()
            .filter(link -> link.contact().equals(Optional.of(contact)))
            .mapToLong(Egress::sentInContact)
            .sum();
    NodeNumber to = contact.to();
    return new ContactStatus(
        new IpnEid(to.allocator(), to.node(), 0, false).nodeId().orElseThrow(),
        contact.start(),
        contact.end(),
        contact.bytesPerSecond(),
        contact.owltMillis(),
        contact.volumeBytes(),
        used,
        procedures.router().boundBytes(contact));
  }

  private QueueStatus queue(HeldQueue queue, DtnTime now) {
    String next = "";
    if (queue.key().kind() == QueueKey.Wait.FORWARD) {
      next = next(queue, now);
    } else if (queue.key().kind() == QueueKey.Wait.DELIVER) {
      next = "waits for its application";
    } else {
      next = "waits for the other fragments";
    }
    return new QueueStatus(queue.key(), queue.counts(), queue.nextExpiry(), next);
  }

  private String next(HeldQueue queue, DtnTime now) {
    for (Waiting first : queue.inMemory()) {
      return switch (first.state()) {
        case UNBOUND -> procedures.router().explain(first, now);
        case BOUND ->
            first
                .contact()
                .map(c -> "by " + first.link().orElseThrow() + " from " + c.start())
                .orElseGet(() -> "by " + first.link().orElseThrow() + " when it is up");
        case COPIED ->
            first.copies().stream()
                .map(copy -> copy.link().orElseThrow().toString())
                .collect(Collectors.joining(", ", "copies by ", ""));
        case IN_TRANSFER -> "in transfer by " + first.link().orElseThrow();
        case SENT -> "sent, nothing confirms it";
        case LEASED -> "leased";
      };
    }
    return "not in memory yet";
  }
}
