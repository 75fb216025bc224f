package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.Contact;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.NodeStatus.ContactStatus;
import dev.holdfast.gateway.turn.NodeStatus.EncounterStatus;
import dev.holdfast.gateway.turn.NodeStatus.LinkStatus;
import dev.holdfast.gateway.turn.NodeStatus.QueueStatus;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The values of the node as JSON; the OpenAPI document describes each. */
final class Views {
  private Views() {}

  static void bundle(JsonGenerator out, HeldBundle bundle) {
    out.writeNumberProperty("key", bundle.key().sequence());
    out.writeStringProperty("bundle", bundle.id().toString());
    out.writeStringProperty("source", bundle.id().source().toString());
    out.writeStringProperty("destination", bundle.destination().toString());
    Json.time(out, "created", bundle.id().created().time());
    Json.time(out, "expires", bundle.expiry());
    out.writeStringProperty("class", Json.code(bundle.service().trafficClass()));
    out.writeNumberProperty("ordinal", bundle.service().ordinal());
    out.writeBooleanProperty("critical", bundle.service().critical());
    out.writeBooleanProperty("best_effort", bundle.service().bestEffort());
    out.writeBooleanProperty("may_fragment", bundle.service().mayFragment());
    out.writeNumberProperty("payload_bytes", bundle.sizes().payload());
    out.writeNumberProperty("bundle_bytes", bundle.sizes().total());
    out.writeStringProperty("waits_for", Json.code(bundle.queue().kind()));
    out.writeStringProperty("queue", bundle.queue().eid().toString());
    Json.text(out, "from", bundle.from());
    out.writeNumberProperty("fetches", bundle.progress().fetches());
    out.writeNumberProperty("sent_bytes", bundle.progress().sent());
    out.writeNumberProperty("copies_given", bundle.progress().copies().given());
    out.writeNumberProperty("copies_left", bundle.progress().copies().left());
    Optional<BundleId.Extent> extent = bundle.id().extent();
    if (extent.isPresent()) {
      out.writeStringProperty("fragment_offset", Long.toUnsignedString(extent.get().offset()));
    }
  }

  static void link(JsonGenerator out, LinkStatus link) {
    out.writeStringProperty("link", link.link().name());
    Json.text(out, "neighbour", link.neighbour());
    out.writeStringProperty("state", Json.code(link.state()));
    out.writeStringProperty("because", link.because());
    Json.time(out, "since", link.since());
    Json.time(out, "next_contact", link.nextStart());
    out.writeNumberProperty("in_flight", link.inFlight());
    out.writeNumberProperty("sent_bytes", link.sentBytes());
    out.writeNumberProperty("received_bytes", link.receivedBytes());
    out.writeNumberProperty("protocol_errors", link.protocolErrors());
    Json.text(out, "last_protocol_error", link.lastProtocolError());
  }

  static void encounter(JsonGenerator out, EncounterStatus encounter) {
    out.writeStringProperty("link", encounter.link().name());
    out.writeStringProperty("neighbour", encounter.neighbour().toString());
    out.writeNumberProperty("known_bundles", encounter.knownBundles());
    out.writeNumberProperty("waiting_copies", encounter.waitingCopies());
    out.writeNumberProperty("given_bytes", encounter.givenBytes());
  }

  static void contact(JsonGenerator out, ContactStatus contact) {
    out.writeStringProperty("neighbour", contact.neighbour().toString());
    Json.time(out, "start", contact.start());
    Json.time(out, "end", contact.end());
    out.writeNumberProperty("bytes_per_second", contact.bytesPerSecond());
    out.writeNumberProperty("light_time_ms", contact.lightTimeMillis());
    out.writeNumberProperty("capacity_bytes", contact.capacityBytes());
    out.writeNumberProperty("used_bytes", contact.usedBytes());
    out.writeNumberProperty("bound_bytes", contact.boundBytes());
  }

  static void planned(JsonGenerator out, Contact contact) {
    out.writeStringProperty("from", contact.from().toString());
    out.writeStringProperty("to", contact.to().toString());
    Json.time(out, "start", contact.start());
    Json.time(out, "end", contact.end());
    out.writeNumberProperty("bytes_per_second", contact.bytesPerSecond());
    out.writeNumberProperty("light_time_ms", contact.owltMillis());
  }

  static void queue(JsonGenerator out, QueueStatus queue) {
    out.writeStringProperty("waits_for", Json.code(queue.queue().kind()));
    out.writeStringProperty("queue", queue.queue().eid().toString());
    out.writeNumberProperty(
        "bundles", queue.counts().stream().mapToLong(QueueCount::bundles).sum());
    out.writeNumberProperty("bytes", queue.counts().stream().mapToLong(QueueCount::bytes).sum());
    Json.time(out, "next_expiry", queue.nextExpiry());
    out.writeStringProperty("next", queue.next());
    Json.list(
        out,
        "classes",
        queue.counts(),
        count -> {
          out.writeStringProperty("class", Json.code(count.trafficClass()));
          out.writeNumberProperty("bundles", count.bundles());
          out.writeNumberProperty("bytes", count.bytes());
        });
  }

  static void endpoint(JsonGenerator out, Eid endpoint, NodeStatus status) {
    long waiting = 0;
    for (QueueStatus queue : status.queues()) {
      if (queue.queue().kind() == dev.holdfast.custody.QueueKey.Wait.DELIVER
          && queue.queue().eid().equals(endpoint)) {
        waiting = queue.counts().stream().mapToLong(QueueCount::bundles).sum();
      }
    }
    out.writeStringProperty("endpoint", endpoint.toString());
    out.writeBooleanProperty("registered", status.endpoints().contains(endpoint));
    out.writeNumberProperty("bundles", waiting);
  }

  static void event(JsonGenerator out, Recent.Numbered<JournalEntry> event) {
    out.writeNumberProperty("number", event.number());
    Json.time(out, "at", event.entry().at());
    out.writeStringProperty("event", Json.code(event.entry().kind()));
    Json.text(out, "link", event.entry().link().map(LinkId::name));
    Json.text(out, "bundle", event.entry().bundle());
    out.writeStringProperty("text", event.entry().text());
  }
}
