package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.linkem.LinkDirection;
import dev.holdfast.gateway.linkem.LinkSchedule;
import dev.holdfast.gateway.linkem.LinkStatistics;
import dev.holdfast.gateway.linkem.LinkWindow;
import dev.holdfast.gateway.linkem.Linkem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code linkem} prints: lines for people, or JSON lines. One thread. */
final class LinkemReport {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Linkem relay;
  private final boolean json;
  private final PrintWriter out;
  private String lastState = "";

  LinkemReport(Linkem relay, boolean json, PrintWriter out) {
    this.relay = relay;
    this.json = json;
    this.out = out;
  }

  /** It listens. */
  void listening(String connect) {
    String address =
        relay.address().getAddress().getHostAddress() + ":" + relay.address().getPort();
    if (json) {
      ObjectNode line = event("listening");
      line.put("listen", address);
      line.put("connect", connect);
      print(line.toString());
    } else {
      print("listening at " + address + " for " + connect);
    }
  }

  /** Which directions are open, if that is something new. */
  void state() {
    LinkSchedule schedule = relay.schedule();
    long now = relay.now();
    List<String> open = new ArrayList<>();
    for (LinkDirection direction : LinkDirection.values()) {
      if (schedule.timeline(direction).openAt(now).isPresent()) {
        open.add(direction.word());
      }
    }
    String state = open.size() == 2 ? "open" : open.isEmpty() ? "closed" : open.getFirst();
    if (state.equals(lastState)) {
      return;
    }
    lastState = state;
    long next = schedule.nextEdge(now);
    if (json) {
      ObjectNode line = event("state");
      line.put("state", state);
      line.put("at_s", now / 1e9);
      line.put("until_s", next == LinkWindow.NEVER ? null : next / 1e9);
      print(line.toString());
    } else {
      String shown = open.size() == 1 ? state + " only" : state;
      String until =
          next == LinkWindow.NEVER
              ? "for good"
              : String.format(Locale.ROOT, "for %.1f s", (next - now) / 1e9);
      print(String.format(Locale.ROOT, "%+.1f s: %s %s", now / 1e9, shown, until));
    }
  }

  /** What went through. */
  void statistics() {
    LinkStatistics statistics = relay.statistics();
    if (!json) {
      print(statistics.line());
      return;
    }
    ObjectNode line = event("statistics");
    line.put("connections", statistics.connections());
    line.put("refused", statistics.refused());
    line.put("cut", statistics.cut());
    for (LinkDirection direction : LinkDirection.values()) {
      LinkStatistics.Direction side = statistics.direction(direction);
      ObjectNode node = line.putObject(direction.word());
      node.put("stream_bytes_taken", side.streamBytesTaken());
      node.put("stream_bytes_delivered", side.streamBytesDelivered());
      node.put("stream_packets_lost", side.streamPacketsLost());
      node.put("datagrams_taken", side.datagramsTaken());
      node.put("datagrams_delivered", side.datagramsDelivered());
      node.put("datagrams_lost", side.datagramsLost());
      node.put("datagrams_outside", side.datagramsOutside());
      node.put("datagrams_dropped", side.datagramsDropped());
    }
    print(line.toString());
  }

  private static ObjectNode event(String name) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("event", name);
    return line;
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
