package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.TraceEvent;
import java.util.Optional;
import java.util.OptionalInt;

/** One reading of a capture: packets in, events out. */
final class CaptureTrace {
  private static final long MOST_NANOS = 36_525L * 86_400_000_000_000L;
  private static final String CAPTURE_ENDS = "the capture ends within it";

  private final String source;
  private final PacketFile file;
  private final CaptureOptions options;
  private final IpPackets packets;
  private final Crossings crossings;
  private final Connections connections;
  private final Datagrams datagrams;
  private final long startNanos;

  private Optional<Packet> upcoming;
  private long now;
  private boolean ended;

  /** Where the packet stands at which something was told of a connection first. */
  private long toldOffset = -1;

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
    this.connections = new Connections(options, crossings);
    this.datagrams = new Datagrams(options, crossings);
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
    crossings.at(now);
    packets.carried(packet).filter(this::isWanted).ifPresent(this::carried);
    if (toldOffset < 0 && !crossings.firstTold().isEmpty()) {
      toldOffset = packet.offset();
    }
  }

  private boolean isWanted(Carried packet) {
    OptionalInt port = options.port();
    return port.isEmpty()
        || packet.from().port() == port.getAsInt()
        || packet.to().port() == port.getAsInt();
  }

  private void carried(Carried packet) {
    switch (packet) {
      case TcpSegment segment -> connections.on(segment, now);
      case UdpDatagram datagram -> datagrams.on(datagram);
    }
  }

  private void end() {
    ended = true;
    connections.end(CAPTURE_ENDS);
    datagrams.end();
    crossings.end();
    if (!crossings.hasLinks()) {
      String why = crossings.firstTold();
      throw BadTraceException.atOffset(
          source,
          Math.max(0, toldOffset),
          why.isEmpty() ? "nothing of TCPCLv4, MTCP or UDPCL is in the capture" : why,
          "what can be read is TCPCLv4, MTCP and UDPCL in the clear, connections from their start");
    }
  }
}
