package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A running relay that emulates one link. Any thread. */
public final class Linkem implements AutoCloseable {
  private final Emulation emulation;
  private final TcpRelay tcp;
  private final Optional<UdpRelay> udp;

  private Linkem(Emulation emulation, TcpRelay tcp, Optional<UdpRelay> udp) {
    this.emulation = emulation;
    this.tcp = tcp;
    this.udp = udp;
  }

  /**
   * Starts a relay whose epoch is now.
   *
   * @throws IOException if the listening port cannot be had
   */
  public static Linkem start(LinkemSettings settings, LinkemLimits limits, GatewayClock clock)
      throws IOException {
    return start(settings, limits, clock, clock.now().bootNanos());
  }

  /**
   * Starts a relay with an epoch by the wall clock, which is read once, now; a later step of the
   * wall clock moves no window.
   *
   * @throws IOException if the listening port cannot be had
   */
  public static Linkem start(
      LinkemSettings settings, LinkemLimits limits, GatewayClock clock, Instant epoch)
      throws IOException {
    Moment now = clock.now();
    long ahead = Duration.between(now.wall().toInstant(), epoch).toNanos();
    return start(settings, limits, clock, now.bootNanos() + ahead);
  }

  private static Linkem start(
      LinkemSettings settings, LinkemLimits limits, GatewayClock clock, long epochBootNanos)
      throws IOException {
    Emulation emulation = Emulation.of(settings, limits, new LinkTime(clock, epochBootNanos));
    TcpRelay tcp = new TcpRelay(emulation);
    tcp.start();
    if (!settings.udp()) {
      return new Linkem(emulation, tcp, Optional.empty());
    }
    try {
      UdpRelay udp = new UdpRelay(emulation, tcp.address());
      udp.start();
      return new Linkem(emulation, tcp, Optional.of(udp));
    } catch (IOException inUse) {
      tcp.close();
      throw inUse;
    }
  }

  /** Where it listens, TCP and UDP alike. */
  public InetSocketAddress address() {
    return tcp.address();
  }

  /** Nanoseconds since the epoch; negative before it. */
  public long now() {
    return emulation.time().now();
  }

  /** The windows. */
  public LinkSchedule schedule() {
    return emulation.settings().schedule();
  }

  /** What went through so far. */
  public LinkStatistics statistics() {
    return emulation.tally().read();
  }

  /** Resets all connections and gives the port back. */
  @Override
  public void close() {
    udp.ifPresent(UdpRelay::close);
    tcp.close();
  }
}
