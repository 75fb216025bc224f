package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceFindings;
import dev.holdfast.contacts.trace.TraceSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Captures of tcpdump, dumpcap and tshark (pcap and pcapng) as link traces, with the bundles that
 * crossed: TCPCLv4 (RFC 9174), MTCP, and bundles in UDP datagrams, over IPv4 and IPv6.
 *
 * <p>A link goes up when both ends of a session have said who they are (MTCP: with its first byte;
 * UDP: with its first bundle) and down when its sender closes or resets the connection, or with the
 * capture's last packet. Its rate is the bytes of bundles in each bin of time that has some: a link
 * that was not busy looks slower than it is. Its light time is half of the round trip from the
 * first SYN to the answer of the answer, which includes what the hosts took. Bundles are seen when
 * they pass the place of the capture.
 */
public final class PcapCapture {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private PcapCapture() {}

  /**
   * Reads a capture, its first packet at once and the others as events are asked for.
   *
   * @param bundles is given the bundles that cross, as they do, while events are asked for
   * @throws dev.holdfast.contacts.trace.BadTraceException if it is none, here or while events are
   *     asked for; also at the end of a capture in which nothing could be read
   */
  public static LinkTrace read(
      TraceSource source, CaptureOptions options, Consumer<BundlePart> bundles) {
    PacketFile file = PacketFile.open(source, options.limits());
    Optional<Packet> first = file.next();
    long start = Math.floorDiv(first.map(Packet::unixNanos).orElse(0L), NANOS_PER_MILLI);
    long dtnMillis = start - DtnTime.EPOCH_UNIX_MILLIS;
    TraceFindings findings = new TraceFindings(options.traceLimits());
    CaptureTrace trace =
        new CaptureTrace(
            source.name(),
            file,
            first,
            start * NANOS_PER_MILLI,
            options,
            new Crossings(options, bundles, findings));
    Optional<DtnTime> epoch =
        dtnMillis > 0 ? Optional.of(new DtnTime(dtnMillis)) : Optional.empty();
    return new LinkTrace(epoch, trace::next, findings);
  }
}
