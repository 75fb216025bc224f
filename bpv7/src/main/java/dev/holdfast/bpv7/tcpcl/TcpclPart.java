package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/** What a {@link TcpclReader} finds in what one side of a connection sent. */
public sealed interface TcpclPart {
  /**
   * The side's first bytes (RFC 9174 §4.2).
   *
   * @param canTls whether it offers TLS; if both do, what follows is none of this protocol
   */
  record ContactHeader(boolean canTls) implements TcpclPart {}

  /**
   * The side says who it is (§4.6).
   *
   * @param nodeId empty if it names no node
   */
  record SessionInit(Optional<NodeId> nodeId) implements TcpclPart {}

  /**
   * A segment of a transfer begins (§5.2.2).
   *
   * @param id of the transfer, unsigned
   * @param start whether it is the first one
   * @param end whether it is the last one
   */
  record SegmentBegun(long id, boolean start, boolean end) implements TcpclPart {}

  /**
   * The next bytes of the segment begun last.
   *
   * @param octets at least one byte, shared with what came in
   */
  record SegmentData(Octets octets) implements TcpclPart {}

  /** The segment begun last is all here. */
  record SegmentEnded() implements TcpclPart {}

  /**
   * The side refuses a transfer of the other one (§5.2.4).
   *
   * @param id of the transfer, unsigned
   * @param reason why
   */
  record Refused(long id, XferRefuseReason reason) implements TcpclPart {}

  /** The side ends the session (§6.1). */
  record SessionEnded() implements TcpclPart {}

  /** Acknowledgements, keepalives and rejected messages. */
  record Other() implements TcpclPart {}

  /**
   * What follows is no TCPCLv4, and nothing after it can be read. Always the last part, given once.
   *
   * @param fault what is wrong and where, counted from the start of the connection
   */
  record Unreadable(Fault fault) implements TcpclPart {}
}
