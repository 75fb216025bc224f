package dev.holdfast.gateway.config;

import java.util.Optional;

/**
 * Where neighbours may connect.
 *
 * @param tcpcl TCPCLv4 (RFC 9174); default not at all
 * @param mtcp MTCP, which confirms nothing; default not at all
 */
public record ListenConfig(Optional<Tcpcl> tcpcl, Optional<Mtcp> mtcp) {
  /** What becomes of a neighbour that connects and has no configured link. */
  public enum UnknownPeers {
    /** It may deliver bundles here; what is for it still needs a route. */
    ACCEPT,
    /** Its session is ended. */
    REFUSE
  }

  /**
   * The TCPCLv4 listener.
   *
   * @param address host and port; default 127.0.0.1:4556. Any other address opens the gateway to
   *     whoever reaches it: TCPCL without TLS names its peers but does not prove them
   * @param unknownPeers default refuse
   * @param maxSessions most sessions at a time; default 64, from 1 to 4096. Each may hold up to 16
   *     MiB of unwritten data and {@code spoolThreshold} for every transfer in progress
   */
  public record Tcpcl(HostPort address, UnknownPeers unknownPeers, int maxSessions) {}

  /**
   * The MTCP listener.
   *
   * @param address host and port; default 127.0.0.1:4557. MTCP does not even name its peers
   * @param maxSessions most connections at a time; default 64, from 1 to 4096
   */
  public record Mtcp(HostPort address, int maxSessions) {}
}
