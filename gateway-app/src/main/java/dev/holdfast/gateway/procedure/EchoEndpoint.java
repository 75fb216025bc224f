package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Sends back what it gets, for {@code ping}. Never to a source that is null or itself an echo
 * service: two of them would send a bundle to and fro for ever.
 */
public final class EchoEndpoint {
  /** The echo service that the field uses. */
  public static final String WELL_KNOWN = "2047";

  private final List<String> services;
  private final Transmission transmission;

  /** An echo under the well-known service and those configured. */
  EchoEndpoint(List<String> services, Transmission transmission) {
    this.services = services;
    this.transmission = transmission;
  }

  /** Whether a service of this node is an echo. */
  public boolean serves(String service) {
    return service.equals(WELL_KNOWN) || services.contains(service);
  }

  /** Sends a bundle back to its source. */
  public void consume(Turn turn, Fresh fresh) {
    BundleHead head = fresh.head();
    PrimaryBlock primary = head.primary();
    Eid source = primary.source();
    if (source.isNull() || isEcho(source)) {
      turn.then(new Effect.Discard(fresh.payload()));
      turn.note(
          Kind.DELETED,
          Optional.empty(),
          Optional.of(head.id()),
          "not echoed: its source is null or an echo service");
      return;
    }
    var _ =
        transmission.send(
            turn,
            new Transmission.Draft(
                source,
                primary.destination(),
                primary.lifetime(),
                primary.flags().has(BundleFlags.MUST_NOT_FRAGMENT)
                    ? BundleFlags.NONE.with(BundleFlags.MUST_NOT_FRAGMENT)
                    : BundleFlags.NONE,
                Eid.NULL,
                serviceOf(head)),
            // The same payload block, so that its checksum still holds.
            new NewBundles.Adu(
                fresh.payload(),
                head.payload().flags(),
                head.payload().crc(),
                Optional.of(fresh.trailer())));
  }

  private boolean isEcho(Eid source) {
    String service = Delivery.serviceOf(source);
    return serves(service) || service.equals("echo");
  }

  private static Request.Service serviceOf(BundleHead head) {
    Optional<CanonicalBlock.Traffic> traffic = head.first(CanonicalBlock.Traffic.class);
    return new Request.Service(
        traffic.map(CanonicalBlock.Traffic::trafficClass).orElse(TrafficClass.NORMAL),
        traffic.map(CanonicalBlock.Traffic::ordinal).orElse(0),
        false,
        traffic.map(CanonicalBlock.Traffic::bestEffort).orElse(false),
        !head.primary().flags().has(BundleFlags.MUST_NOT_FRAGMENT),
        Request.Service.DEFAULT.hopLimit());
  }
}
