package dev.holdfast.crdt.keys;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;

/** What a region says of its keys in one class: to be given to a {@link KeyRing}. */
public sealed interface KeyStatement permits KeyChange, Beginning {
  /** Of which class. */
  ClassId exportClass();

  /** The first key of the region that says it. */
  VerifyKey firstKey();

  /** Writes one item; the class is not said. */
  void write(CborWriter to);

  /**
   * Reads one item.
   *
   * @throws dev.holdfast.bpv7.wire.WireException if it is no statement
   */
  static KeyStatement read(CborReader from, ClassId exportClass) {
    int where = from.offset();
    return switch (from.array()) {
      case KeyChange.ITEMS -> KeyChange.read(from, exportClass);
      case Beginning.ITEMS -> Beginning.read(from, exportClass);
      default -> throw from.fault(where, "a statement of neither 9 items nor 4");
    };
  }

  /** Reads a key. */
  static VerifyKey key(CborReader from) {
    int where = from.offset();
    Octets octets = from.bytes(VerifyKey.SIZE).compact();
    return VerifyKey.of(octets)
        .orElseThrow(() -> from.fault(where, "no Ed25519 public key: " + octets.hex()));
  }
}
