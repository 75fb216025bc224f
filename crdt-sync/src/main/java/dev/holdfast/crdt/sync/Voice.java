package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.replica.Replica;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Speaks for this region in one class: signs, and remembers what it said. For one thread. */
final class Voice {
  /** Frontiers that are remembered: others say that they are equal to one. */
  private static final int MOST = 64;

  private static final Octets NOTE = Octets.wrap(new byte[] {4});

  private final ClassId exportClass;
  private final RegionId region;
  private final OwnKeys keys;
  private final IntFunction<Octets> entropy;
  private final LinkedHashMap<Octets, WireFrontier> told = new LinkedHashMap<>();
  private final Replica replica;
  private Hlc clock;

  /**
   * Speaks.
   *
   * @param keys of this region
   * @param replica beside which the clock of the last message is kept
   * @param entropy as many random bytes as asked for
   */
  Voice(
      ClassId exportClass,
      RegionId region,
      OwnKeys keys,
      Replica replica,
      IntFunction<Octets> entropy) {
    this.exportClass = exportClass;
    this.region = region;
    this.keys = keys;
    this.replica = replica;
    this.clock =
        replica.note(NOTE).map(it -> Hlc.unpack(it.asByteBuffer().getLong())).orElse(Hlc.ZERO);
    this.entropy = entropy;
  }

  ClassId exportClass() {
    return exportClass;
  }

  /** A message of ours, later than all before; not while {@linkplain OwnKeys#isMute mute}. */
  Signed say(Claim claim, long wallMillis) {
    OwnKeys.Signing signing = keys.signing().orElseThrow();
    clock = clock.next(wallMillis);
    replica.note(NOTE, Items.longs(List.of(clock.packed())));
    Envelope envelope = new Envelope(exportClass, region, signing.index(), clock);
    return Signed.sign(envelope, claim, signing.key());
  }

  /** Bytes that nobody could guess. */
  Octets salt() {
    return entropy.apply(SketchKey.SALT_BYTES);
  }

  /** Remembers how far we said that we are. */
  void told(Signed message, WireFrontier frontier) {
    told.put(FrontierMessage.SameAs.of(message).message(), frontier);
    if (told.size() > MOST) {
      Map.Entry<Octets, WireFrontier> oldest = told.entrySet().iterator().next();
      told.remove(oldest.getKey());
    }
  }

  /** How far we said that we are in a message, if that is remembered. */
  Optional<WireFrontier> said(Octets message) {
    return Optional.ofNullable(told.get(message));
  }
}
