package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.TraceEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One reading of a capture: packets in, events out. */
final class CaptureTrace {
  /** Who talks with whom, whichever of them sent the packet. */
  private record Pair(Endpoint lower, Endpoint higher) {
    static Pair of(TcpSegment segment) {
      return segment.from().compareTo(segment.to()) <= 0
          ? new Pair(segment.from(), segment.to())
          : new Pair(segment.to(), segment.from());
    }
  }

  private static final long MOST_NANOS = 36_525L * 86_400_000_000_000L;
  private static final String REPLACED = "another connection took its place";
  private static final String CAPTURE_ENDS = "the capture ends within it";

  private final String source;
  private final PacketFile file;
  private final CaptureOptions options;
  private final IpPackets packets;
  private final Crossings crossings;
  private final WaitingRoom room;
  private final long startNanos;

  /** The connections that are open, the one that was silent longest first. */
  private final LinkedHashMap<Pair, Connection> open = new LinkedHashMap<>(64, 0.75f, true);

  private Optional<Packet> upcoming;
  private long now;
  private long lastOffset;
  private boolean ended;

  /**
   * A reading that begins.
   *
   * @param first the first packet of the file, if it has one
   * @param startNanos what times count from, in nanoseconds since 1970
   */
  CaptureTrace(
      String source,
      PacketFile file,
      Optional<Packet> first,
      long startNanos,
      CaptureOptions options,
      Crossings crossings) {
    this.source = source;
    this.file = file;
    this.upcoming = first;
    this.startNanos = startNanos;
    this.options = options;
    this.crossings = crossings;
    this.packets = new IpPackets(crossings.findings());
    this.room = new WaitingRoom(options.limits());
  }

  Optional<TraceEvent> next() {
    while (true) {
      Optional<TraceEvent> event = crossings.poll();
      if (event.isPresent() || ended) {
        return event;
      }
      if (upcoming.isEmpty()) {
        end();
      } else {
        packet(upcoming.get());
        upcoming = file.next();
      }
    }
  }

  private void packet(Packet packet) {
    long time = packet.unixNanos() - startNanos;
    if (time > MOST_NANOS) {
      throw BadTraceException.atOffset(
          source,
          packet.offset(),
          "the packet was seen more than a hundred years after the first",
          "cut the capture where its clock was set: editcap -A TIME");
    }
    if (time < now) {
      crossings.findings().count("packets were seen earlier than the one before them");
    }
    now = Math.max(now, time);
    lastOffset = packet.offset();
    crossings.at(now);
    packets.segment(packet).filter(this::isWanted).ifPresent(this::segment);
  }

  private boolean isWanted(TcpSegment segment) {
    OptionalInt port = options.port();
    return port.isEmpty()
        || segment.from().port() == port.getAsInt()
        || segment.to().port() == port.getAsInt();
  }

  private void segment(TcpSegment segment) {
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

  private void end() {
    ended = true;
    open.values().forEach(connection -> connection.end(false, CAPTURE_ENDS));
    open.clear();
    crossings.end();
    if (!crossings.hasLinks()) {
      String why = crossings.firstTold();
      throw BadTraceException.atOffset(
          source,
          lastOffset,
          why.isEmpty() ? "no connection of TCPCLv4 or MTCP is in the capture" : why,
          "capture a connection from its start, in the clear, of TCPCLv4 or MTCP");
    }
  }
}
