package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Pace;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Role;
import dev.holdfast.bpv7.tcpcl.TlsPolicy;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.Dialer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way to one neighbour.
 *
 * @param id its name
 * @param self who we are to this neighbour
 * @param peer who it is
 * @param dial where to reach it; empty if it dials us
 * @param leniencies what is put up with in its TCPCL
 * @param reading how its bundles are read
 * @param urgentSession whether urgent bundles get a session of their own
 * @param keepaliveSeconds our keepalive interval
 * @param limits what a session with it may cost, and how much may be unsettled
 * @param backOffFirstMillis wait after the first failed attempt to reach it
 * @param backOffMaxMillis longest wait between attempts
 */
public record TcpclLinkSettings(
    LinkId id,
    NodeId self,
    NodeId peer,
    Optional<Dialer> dial,
    Set<Leniency> leniencies,
    ReadOptions reading,
    boolean urgentSession,
    int keepaliveSeconds,
    TcpclLimits limits,
    long backOffFirstMillis,
    long backOffMaxMillis) {
  private static final long CONTACT_MILLIS = 30_000;
  private static final long DRAIN_MILLIS = 30_000;

  /** Pieces of a segment, and of the window, that a second's worth of bytes makes. */
  private static final int SEGMENTS_A_SECOND = 10;

  private static final int LEAST_SEGMENT = 1 << 10;

  /** Keeps an unmodifiable copy. */
  public TcpclLinkSettings {
    EnumSet<Leniency> copy = EnumSet.noneOf(Leniency.class);
    copy.addAll(leniencies);
    leniencies = Collections.unmodifiableSet(copy);
  }

  /** How many sessions are wanted. */
  int sessions() {
    return urgentSession ? 2 : 1;
  }

  /** The parameters of a session at a contact's rate. */
  TcpclParameters parameters(Role role, long bytesPerSecond) {
    return new TcpclParameters(
        role,
        self,
        Optional.of(peer),
        keepaliveSeconds,
        TlsPolicy.NEVER,
        List.of(),
        leniencies,
        pace(bytesPerSecond),
        CONTACT_MILLIS,
        DRAIN_MILLIS,
        0,
        limits);
  }

  /**
   * So little is under way at a time that an acknowledgement waits for a few tenths of a second.
   */
  static Pace pace(long bytesPerSecond) {
    if (bytesPerSecond == 0) {
      return Pace.DEFAULT;
    }
    int most = Pace.DEFAULT.segmentBytes();
    int segment = Math.clamp(bytesPerSecond / SEGMENTS_A_SECOND, LEAST_SEGMENT, most);
    return new Pace(segment, 2 * segment);
  }
}
