package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The end of a run as JSON lines: one for each bundle, then a summary. Pure. */
final class OutcomeJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OutcomeJson() {}

  /** All lines. */
  static List<String> lines(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    for (Passage passage : outcome.passages()) {
      lines.add(bundle(passage, outcome).toString());
    }
    lines.add(summary(outcome).toString());
    return lines;
  }

  private static ObjectNode bundle(Passage passage, Outcome outcome) {
    Itinerary itinerary = outcome.itinerary(passage.bundle());
    Optional<Passage.Delivery> first = passage.deliveries().stream().findFirst();
    Optional<Passage.Delivery> wrong =
        passage.deliveries().stream()
            .filter(d -> passage.sent().stream().noneMatch(s -> s.digest().equals(d.digest())))
            .findFirst();
    ObjectNode line = MAPPER.createObjectNode();
    line.put("bundle", passage.bundle());
    line.put(
        "class",
        passage
            .sent()
            .map(s -> s.consignment().trafficClass().name().toLowerCase(Locale.ROOT))
            .orElse(null));
    passage.sent().ifPresent(s -> line.put("from", s.consignment().from().endpoint()));
    passage.sent().ifPresent(s -> line.put("to", s.consignment().to().endpoint()));
    line.put("size", passage.sent().map(s -> s.consignment().size()).orElse(null));
    line.put("digest_sent", passage.sent().map(Passage.Sent::digest).orElse(null));
    line.put("digest_delivered", wrong.or(() -> first).map(Passage.Delivery::digest).orElse(null));
    line.put("sent_at", passage.sent().map(s -> time(s.at())).orElse(null));
    line.put("delivered_at", first.map(d -> time(d.at())).orElse(null));
    line.put("acknowledged_at", passage.acknowledgedAt().map(OutcomeJson::time).orElse(null));
    line.put("deliveries", passage.deliveries().size());
    line.put("delivered_again", passage.isDeliveredAgain());
    line.put("expired", passage.expired());
    line.put("waited", itinerary.waited());
    ArrayNode contacts = line.putArray("contacts");
    itinerary.contacts().forEach(contact -> contacts.add(contact(contact)));
    return line;
  }

  private static ObjectNode contact(Contact contact) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("from", node(contact.from()));
    node.put("to", node(contact.to()));
    node.put("start", time(contact.start()));
    node.put("end", time(contact.end()));
    return node;
  }

  private static ObjectNode summary(Outcome outcome) {
    Verdict verdict = outcome.verdict();
    ObjectNode line = MAPPER.createObjectNode();
    line.put("summary", true);
    line.put("kept", outcome.isKept());
    line.put("sent", verdict.sent());
    line.put("delivered", verdict.delivered());
    line.put("duplicates_delivered", verdict.duplicatesDelivered());
    line.put("delivered_again", verdict.deliveredAgain());
    line.put("altered", verdict.altered());
    line.put("lost", verdict.lost());
    line.put("expired", verdict.expired());
    line.put("strangers", verdict.strangers());
    line.put("waited", outcome.waited());
    line.put("started_at", time(outcome.epoch()));
    line.put("ended_at", time(outcome.ended()));
    outcome
        .crash()
        .ifPresent(
            crash -> {
              ObjectNode node = line.putObject("relay_killed");
              node.put("at", time(crash.at()));
              node.put("bytes_moving", crash.bytesMoving());
              node.put("ready_again_at", crash.readyAgain().map(OutcomeJson::time).orElse(null));
            });
    twins(line.putObject("twins"), outcome.twins());
    ArrayNode contacts = line.putArray("contacts");
    for (ContactUse.Use use : outcome.uses()) {
      ObjectNode node = contact(use.contact());
      node.put("capacity_bytes", use.contact().volumeBytes());
      node.put("used_bytes", use.bytes());
      contacts.add(node);
    }
    return line;
  }

  private static void twins(ObjectNode node, TwinOutcome twins) {
    node.put("things", twins.earth().things().size());
    node.put("equal", twins.isEqual());
    node.put("root_earth", twins.earth().root());
    node.put("root_mars", twins.mars().root());
    node.put("conflicts_seen", twins.seen().size());
    node.put("conflicts_left", twins.conflictsLeft());
    node.put("first_equal_at", twins.firstEqual().map(OutcomeJson::time).orElse(null));
    node.put("first_equal_after_contact", twins.afterContact());
    node.put("resolved_at", twins.resolvedAt().map(OutcomeJson::time).orElse(null));
    ArrayNode conflicts = node.putArray("conflicts");
    for (TwinConflict conflict : twins.seen()) {
      ObjectNode each = conflicts.addObject();
      each.put("thing", conflict.thing());
      each.put("path", conflict.path());
      ArrayNode candidates = each.putArray("candidates");
      for (TwinConflict.Candidate candidate : conflict.candidates()) {
        ObjectNode it = candidates.addObject();
        it.set("value", MAPPER.readTree(candidate.value()));
        Site by = twins.writers().get(candidate.writer());
        it.put("by", by == null ? null : by.label());
        it.put("at", candidate.at());
        it.put("shown", candidate.shown());
      }
    }
    ArrayNode broken = node.putArray("broken");
    twins.broken().forEach(broken::add);
  }

  private static String node(NodeNumber number) {
    return "ipn:" + number;
  }

  private static String time(DtnTime time) {
    return time.toString();
  }
}
