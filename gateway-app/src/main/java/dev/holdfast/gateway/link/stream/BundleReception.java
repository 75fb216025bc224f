package dev.holdfast.gateway.link.stream;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleIntake;
import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One bundle on its way in: read as it arrives, its payload kept in memory or written to the store,
 * and told to the node when it is whole. Steps 1 and 2 of 9.
 *
 * <p>One thread, the one that reads the socket: it blocks while the store or the node has enough to
 * do, and so does the peer.
 */
public final class BundleReception {
  private final LinkServices services;
  private final Inbound inbound;
  private final Consumer<Inbound> noRoom;
  private final BundleIntake intake;
  private final List<Octets> pieces = new ArrayList<>(1);
  private @Nullable BundleHead head;
  private @Nullable SpoolLane lane;
  private @Nullable Octets trailer;

  /**
   * A bundle that begins to arrive.
   *
   * @param inbound how the node will speak of it
   * @param options how it is read
   * @param noRoom told, on any thread, that the store had no room for it: it is to be refused
   */
  public BundleReception(
      LinkServices services, Inbound inbound, ReadOptions options, Consumer<Inbound> noRoom) {
    this.services = services;
    this.inbound = inbound;
    this.noRoom = noRoom;
    this.intake = new BundleIntake(options);
  }

  /** Takes the next bytes; a fault if they are no bundle, which has then been told to the node. */
  public Optional<Fault> take(Octets octets) {
    return outputs(intake.feed(octets));
  }

  /** The bundle has ended: it is told to the node, or a fault if it is not whole. */
  public Optional<Fault> end() {
    Optional<Fault> fault = outputs(intake.finish());
    BundleHead complete = head;
    Octets after = trailer;
    if (fault.isPresent() || complete == null || after == null) {
      return fault;
    }
    SpoolLane spooling = lane;
    if (spooling == null) {
      Octets bytes = pieces.size() == 1 ? pieces.getFirst() : Octets.concat(pieces);
      arrived(complete, new Payload.Inline(bytes), after);
    } else {
      spooling.finish(payload -> arrived(complete, payload, after), () -> noRoom.accept(inbound));
    }
    return Optional.empty();
  }

  /** The bundle will not come whole. */
  public void abort() {
    if (lane != null) {
      lane.discard();
    }
  }

  private void arrived(BundleHead complete, Payload payload, Octets after) {
    services.sink().offer(new LinkEvent.Arrived(inbound.link(), inbound, complete, payload, after));
  }

  private Optional<Fault> outputs(List<BundleIntake.Output> outputs) {
    for (BundleIntake.Output output : outputs) {
      switch (output) {
        case BundleIntake.Output.Head(BundleHead read) -> {
          head = read;
          if (read.payload().length() > services.spoolThreshold()) {
            lane = services.store().lane();
          }
        }
        case BundleIntake.Output.Payload(Octets octets) -> {
          if (lane != null) {
            lane.write(octets);
          } else {
            pieces.add(octets);
          }
        }
        case BundleIntake.Output.End(Octets read) -> trailer = read;
        case BundleIntake.Output.Invalid(Fault fault, var _) -> {
          abort();
          services.sink().offer(new LinkEvent.Malformed(inbound.link(), fault));
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }
}
