package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.sync.Checked;
import dev.holdfast.crdt.sync.Received;
import dev.holdfast.crdt.sync.SyncCodec;
import dev.holdfast.crdt.sync.SyncLimits;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import java.util.Optional;

/**
 * Reads what bundles for twins say, and verifies it: the part of reception that takes time. Any
 * platform thread.
 *
 * @param store where the bundles are held
 * @param driftMillis how far ahead a writer's clock may be and not be flagged
 */
public record TwinIntake(BundleStore store, long driftMillis) {
  /**
   * What a bundle says; empty if it is no longer held.
   *
   * @param exportClass name of the class whose endpoint it came to
   * @param ring the keys of that class
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  public Optional<TwinEvent.Arrived> read(
      String exportClass, HeldBundle bundle, KeyRing ring, long wallMillis) {
    long size = bundle.sizes().payload();
    int most = SyncLimits.DEFAULT.messageBytes();
    if (size > most) {
      String why = bundle.id() + " has " + size + " bytes; a message has at most " + most;
      return Optional.of(unreadable(exportClass, bundle, why));
    }
    Optional<Octets> payload = store.read(bundle.key(), 0, (int) size);
    return payload.map(octets -> read(exportClass, bundle, octets, ring, wallMillis));
  }

  private TwinEvent.Arrived read(
      String exportClass, HeldBundle bundle, Octets payload, KeyRing ring, long wallMillis) {
    return switch (SyncCodec.decode(payload, SyncLimits.DEFAULT)) {
      case Parsed.Good<Received>(Received message)
          when message.exportClass().equals(ring.exportClass()) ->
          new TwinEvent.Arrived(
              exportClass,
              bundle,
              new TwinEvent.Message.Verified(Checked.of(message, ring, wallMillis, driftMillis)));
      case Parsed.Good<Received> _ ->
          unreadable(exportClass, bundle, bundle.id() + " is of another class than " + exportClass);
      case Parsed.Bad<Received> bad ->
          unreadable(exportClass, bundle, bundle.id() + " is no message: " + bad);
    };
  }

  private static TwinEvent.Arrived unreadable(String exportClass, HeldBundle bundle, String why) {
    return new TwinEvent.Arrived(exportClass, bundle, new TwinEvent.Message.Unreadable(why));
  }
}
