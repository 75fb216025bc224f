package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.eid.NodeId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one session is to be.
 *
 * @param role who began the connection
 * @param nodeId who we are
 * @param expected who the peer must be; empty to leave that to the caller
 * @param keepaliveSeconds our keepalive interval, 0..65535; the smaller of both sides' counts, 0
 *     switches keepalives and the watch for a silent peer off
 * @param tls whether TLS is used
 * @param extensions session extension items that we send
 * @param leniencies what is put up with
 * @param pace how much is sent at a time
 * @param contactMillis how long the contact header and then the SESS_INIT of the peer may take
 * @param drainMillis how long transfers may go on when the peer ends the session
 * @param idleMillis after how long without anything but keepalives the session is ended (§6.2); 0
 *     for never
 * @param limits what it may cost
 */
public record TcpclParameters(
    Role role,
    NodeId nodeId,
    Optional<NodeId> expected,
    int keepaliveSeconds,
    TlsPolicy tls,
    List<ExtensionItem> extensions,
    Set<Leniency> leniencies,
    Pace pace,
    long contactMillis,
    long drainMillis,
    long idleMillis,
    TcpclLimits limits) {

  /** Checks the ranges; keeps unmodifiable copies. */
  public TcpclParameters {
    if (keepaliveSeconds < 0 || keepaliveSeconds > 0xffff) {
      throw new IllegalArgumentException("keepalive is 0..65535 s: " + keepaliveSeconds);
    }
    if (contactMillis <= 0 || drainMillis < 0 || idleMillis < 0) {
      throw new IllegalArgumentException("a time below its range");
    }
    extensions = List.copyOf(extensions);
    EnumSet<Leniency> copy = EnumSet.noneOf(Leniency.class);
    copy.addAll(leniencies);
    leniencies = Collections.unmodifiableSet(copy);
  }

  /**
   * In the clear, 30 s keepalive, 30 s to negotiate, 60 s to drain, never idle, no leniency,
   * default limits and pace.
   */
  public static TcpclParameters of(Role role, NodeId nodeId) {
    return new TcpclParameters(
        role,
        nodeId,
        Optional.empty(),
        30,
        TlsPolicy.NEVER,
        List.of(),
        EnumSet.noneOf(Leniency.class),
        Pace.DEFAULT,
        30_000,
        60_000,
        0,
        TcpclLimits.DEFAULT);
  }

  /** Whether our contact header has CAN_TLS. */
  boolean canTls() {
    return tls != TlsPolicy.NEVER;
  }

  /** Whether {@code leniency} is put up with. */
  boolean allows(Leniency leniency) {
    return leniencies.contains(leniency);
  }

  /** Who began the connection (RFC 9174 §2.1). */
  public enum Role {
    /** We did. */
    ACTIVE,
    /** The peer did. */
    PASSIVE
  }

  /**
   * How much is sent at a time. On a slow connection both are made small, so that an
   * acknowledgement or an urgent bundle never waits long behind data already under way.
   *
   * @param segmentBytes longest segment sent, in bytes, if the peer takes as much
   * @param windowBytes no segment is begun while this much is not yet taken by the connection
   */
  public record Pace(int segmentBytes, int windowBytes) {
    /** 256 KiB segments, 1 MiB window. */
    public static final Pace DEFAULT = new Pace(256 << 10, 1 << 20);

    /** Checks that both are above zero. */
    public Pace {
      if (segmentBytes <= 0 || windowBytes <= 0) {
        throw new IllegalArgumentException("a pace of " + segmentBytes + ", " + windowBytes);
      }
    }
  }
}
