package dev.holdfast.gateway.linkem;

import java.net.InetSocketAddress;

/**
 * What to relay, and how.
 *
 * @param listen where to take connections (and datagrams); port 0 takes any free one
 * @param connect where they go
 * @param schedule the windows, in nanoseconds since the epoch
 * @param seed decides which packets are lost
 * @param atWindowEnd what happens to TCP connections
 * @param udp whether datagrams are relayed too, on the same port numbers
 */
public record LinkemSettings(
    InetSocketAddress listen,
    InetSocketAddress connect,
    LinkSchedule schedule,
    long seed,
    AtWindowEnd atWindowEnd,
    boolean udp) {

  /** What a window's end does to TCP connections. */
  public enum AtWindowEnd {
    /**
     * They end, as they do when a spacecraft sets: what left arrives, then both sides are reset.
     */
    CUT,
    /** They stay, and bytes wait for the next window. */
    HOLD
  }
}
