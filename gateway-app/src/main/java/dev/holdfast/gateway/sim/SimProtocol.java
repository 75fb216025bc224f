package dev.holdfast.gateway.sim;

import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import java.util.List;

/**
 * A convergence layer as worlds know it: how two ends talk over two directions of a link. One
 * implementation per convergence layer; worlds know them by this alone.
 */
public interface SimProtocol {
  /** Bundles as they are, confirmed when they are durable at the other end. */
  SimProtocol IDEAL = IdealLink.CONFIRMING;

  /** Bundles as they are, never confirmed: a beacon. */
  SimProtocol BEACON = IdealLink.SILENT;

  /** TCPCLv4 sessions byte by byte (RFC 9174). */
  SimProtocol TCPCL = TcpclEnd.PROTOCOL;

  /** MTCP connections byte by byte. */
  SimProtocol MTCP = MtcpEnd.PROTOCOL;

  /** All of them. */
  static List<SimProtocol> all() {
    return List.of(IDEAL, BEACON, TCPCL, MTCP);
  }

  /** Its name in scenarios. */
  String name();

  /** What its confirmation is worth. */
  Link.Confirmation confirmation();

  /** Both ends of a new link. */
  Ends join(Place first, Place second);

  /**
   * Where an end stands.
   *
   * @param owner who uses it
   * @param id its name there
   * @param time the world's time
   * @param out the direction that leaves here
   * @param in the direction that comes in here
   */
  record Place(LinkOwner owner, LinkId id, SimTime time, Medium out, Medium in) {}

  /**
   * The ends of a link.
   *
   * @param first the first
   * @param second the second
   */
  record Ends(SimLink first, SimLink second) {}
}
