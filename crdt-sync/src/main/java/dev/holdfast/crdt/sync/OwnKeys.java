package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.keys.KeyHistory;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The keys that this region was given, and which of them signs. For one thread. */
final class OwnKeys {
  private final RegionId region;
  private final List<SigningKey> given;
  private final Keys keys;

  /**
   * Keys of this region.
   *
   * @throws ClassSync.KeysException if the latest that is known of it is not among those given, or
   *     they are not in their order
   */
  OwnKeys(ClassSync.Self self, Keys keys) {
    this.region = self.region();
    this.given = self.keys();
    this.keys = keys;
    for (SigningKey later : given.subList(1, given.size())) {
      if (keys.hadOf(RegionId.of(later.verifyKey()))) {
        throw new ClassSync.KeysException(
            "public key %s is the first of the region that wrote this store, and is not given first;"
                    .formatted(later.verifyKey().octets().hex())
                + " give keys oldest first");
      }
    }
    KeyRing.Current current = current();
    int at =
        place()
            .orElseThrow(
                () ->
                    new ClassSync.KeysException(
                        "its latest key in class %s is number %d (public key %s), as it has said"
                                .formatted(
                                    keys.ring().className(),
                                    current.index(),
                                    current.key().octets().hex())
                            + " itself, and that one is not among those given; add its key file as the"
                            + " last"));
    KeyHistory history = keys.ring().history(region);
    for (SigningKey later : given.subList(at + 1, given.size())) {
      if (history.has(later.verifyKey())) {
        throw new ClassSync.KeysException(
            "public key %s is given after number %d (public key %s), which has replaced it; give"
                    .formatted(
                        later.verifyKey().octets().hex(),
                        current.index(),
                        current.key().octets().hex())
                + " keys oldest first");
      }
    }
  }

  private KeyRing.Current current() {
    return keys.ring()
        .current(region)
        .orElseThrow(() -> new IllegalArgumentException("region " + region + " is not known"));
  }

  private Optional<Integer> place() {
    KeyRing.Current current = current();
    return IntStream.range(0, given.size())
        .filter(i -> given.get(i).verifyKey().equals(current.key()))
        .boxed()
        .findFirst();
  }

  /**
   * A key that signs.
   *
   * @param index which one it is of the region's keys
   * @param key the key
   */
  record Signing(int index, SigningKey key) {}

  /**
   * The one that signs now; empty if others have told that the region has replaced all that it was
   * given here. Nothing can be said then.
   */
  Optional<Signing> signing() {
    return place().map(at -> new Signing(current().index(), given.get(at)));
  }

  /** Whether nothing can be said. */
  boolean isMute() {
    return place().isEmpty();
  }

  /** The one that is to replace it; empty if none is. */
  Optional<SigningKey> next() {
    KeyHistory history = keys.ring().history(region);
    return place()
        .filter(at -> at + 1 < given.size())
        .map(at -> given.get(at + 1))
        .filter(key -> !history.has(key.verifyKey()));
  }
}
