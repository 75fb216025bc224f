package dev.holdfast.gateway.link;

import java.util.List;

/**
 * Port: one way to one neighbour. TCPCLv4 and MTCP in a gateway, simulated in tests.
 *
 * <p>Every call returns at once and may come from the node's loop only; what comes of it is told
 * through the {@link LinkSink}.
 */
public interface Link extends AutoCloseable {
  /** Its name. */
  LinkId id();

  /** What it means when this link says that a bundle was confirmed. */
  Confirmation confirmation();

  /**
   * The neighbour may be reached from now on: dial (with back-off, until told otherwise) or let it
   * in. Called again with another order while open, only the rate changes.
   */
  void open(OpenOrder order);

  /**
   * The neighbour cannot be reached any more: start no transfer, let acknowledgements come in until
   * the order's drain time is over, end.
   */
  void close(CloseOrder order);

  /**
   * Sends a bundle; only while up. Ends in {@link LinkEvent.Confirmed}, {@link LinkEvent.Sent} or
   * {@link LinkEvent.Failed} with the same token.
   */
  void send(Outbound bundle);

  /** The bundles are durable here: their final acknowledgements may leave. */
  void accept(List<Inbound> inbound);

  /** The bundle is not taken. */
  void refuse(Inbound inbound, Refusal refusal);

  /** Ends at once and releases everything. */
  @Override
  void close();

  /** What a link's confirmation is worth. */
  enum Confirmation {
    /** The neighbour has the bundle in durable storage (RFC 9174 final acknowledgement). */
    STORED,
    /** The bundle left this machine, nothing more. */
    NONE
  }

  /** Why a received bundle is not taken (RFC 9174 §5.2.4). */
  enum Refusal {
    /** It is here already. */
    COMPLETED,
    /** No room. */
    NO_RESOURCES,
    /** It breaks a rule; sending it again will not help. */
    NOT_ACCEPTABLE
  }

  /**
   * How to open.
   *
   * @param bytesPerSecond what the contact carries; 0 for as fast as it goes
   */
  record OpenOrder(long bytesPerSecond) {}

  /**
   * How to close.
   *
   * @param drainMillis how long acknowledgements may still come in
   * @param reason for people and the peer
   */
  record CloseOrder(long drainMillis, String reason) {}
}
