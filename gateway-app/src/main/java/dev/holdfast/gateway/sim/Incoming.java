package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a bundle that comes in by a session, until they are whole. */
final class Incoming {
  private final List<Octets> parts = new ArrayList<>();

  void add(Octets octets) {
    parts.add(octets);
  }

  /** What the node is told of it. */
  LinkEvent event(Inbound inbound) {
    return switch (BundleReader.read(Octets.concat(parts), ReadOptions.STRICT)) {
      case Decoded.Valid<Bundle>(Bundle bundle) ->
          new LinkEvent.Arrived(
              inbound.link(),
              inbound,
              bundle.head(),
              new Payload.Inline(bundle.payload()),
              bundle.trailer());
      case Decoded.Invalid<Bundle> bad -> new LinkEvent.Malformed(inbound.link(), bad.fault());
    };
  }
}
