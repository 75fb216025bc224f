package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/** The other end of step 4: a bundle that is for an endpoint of this node (RFC 9171 §5.7). */
public final class Delivery {
  private final Holding holding;
  private final ApplicationEndpoints applications;
  private final EchoEndpoint echo;
  private final AdministrativeEndpoint administrative;
  private final StatusReporting reporting;

  /** Delivery to these endpoints. */
  public Delivery(
      Holding holding,
      ApplicationEndpoints applications,
      EchoEndpoint echo,
      AdministrativeEndpoint administrative,
      StatusReporting reporting) {
    this.holding = holding;
    this.applications = applications;
    this.echo = echo;
    this.administrative = administrative;
    this.reporting = reporting;
  }

  /** Delivers a whole bundle, or holds it until its application fetches it. */
  public void deliver(Turn turn, Fresh fresh) {
    Eid destination = fresh.head().primary().destination();
    String service = serviceOf(destination);
    boolean record = fresh.head().primary().flags().has(BundleFlags.ADMIN_RECORD);
    if (record || service.isEmpty() || service.equals("0")) {
      administrative.consume(turn, fresh);
      consumed(turn, fresh.head());
    } else if (echo.serves(service)) {
      echo.consume(turn, fresh);
      consumed(turn, fresh.head());
    } else {
      holding
          .hold(turn, fresh, new QueueKey(QueueKey.Wait.DELIVER, destination))
          .ifPresent(entry -> applications.arrived(turn, entry));
    }
  }

  /**
   * What the node itself took is delivered at once: remembered, and reported if that was asked for.
   */
  private void consumed(Turn turn, BundleHead head) {
    turn.count(Counter.BUNDLES_DELIVERED);
    turn.remember(
        head.id(), head.primary().created().time().plusUnsigned(head.primary().lifetime()));
    reporting.delivered(turn, head);
  }

  /** The service part of a local endpoint. */
  static String serviceOf(Eid endpoint) {
    return switch (endpoint) {
      case IpnEid ipn -> Long.toUnsignedString(ipn.service());
      case DtnEid dtn -> dtn.demux();
      case NullEid _, UnknownEid _ -> "";
    };
  }

  /** The queue of an endpoint. */
  static Optional<QueueKey> queueOf(Eid endpoint) {
    return endpoint.isNull()
        ? Optional.empty()
        : Optional.of(new QueueKey(QueueKey.Wait.DELIVER, endpoint));
  }
}
