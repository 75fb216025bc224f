package dev.holdfast.contacts.trace.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/** The TCP connections of a capture that are open, within a limit. */
final class Connections {
  private static final String REPLACED = "another connection took its place";

  private final CaptureOptions options;
  private final Crossings crossings;
  private final WaitingRoom room;

  /** The one that was silent longest comes first. */
  private final LinkedHashMap<Pair, Connection> open = new LinkedHashMap<>(64, 0.75f, true);

  Connections(CaptureOptions options, Crossings crossings) {
    this.options = options;
    this.crossings = crossings;
    this.room = new WaitingRoom(options.limits());
  }

  void on(TcpSegment segment, long now) {
    Pair pair = Pair.of(segment);
    Connection connection = open.get(pair);
    if (connection != null && connection.isSucceededBy(segment)) {
      connection.end(true, REPLACED);
      open.remove(pair);
      connection = null;
    }
    if (connection == null) {
      if (!segment.isSyn() && segment.length() == 0) {
        return; // Nothing is known of what it belongs to, and it says nothing.
      }
      makeRoom();
      connection = new Connection(segment, crossings, options, room);
      open.put(pair, connection);
    }
    connection.on(segment, now);
    if (connection.isOver()) {
      open.remove(pair);
    }
  }

  private void makeRoom() {
    if (open.size() >= options.limits().connections()) {
      Map.Entry<Pair, Connection> silent = open.pollFirstEntry();
      silent.getValue().end(false, "too many connections were open");
      crossings.findings().count("connections were given up for want of room");
    }
  }

  /** The capture ends. */
  void end(String why) {
    open.values().forEach(connection -> connection.end(false, why));
    open.clear();
  }
}
