package dev.holdfast.crdt.keys;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;

/**
 * A region says that it begins a new stream, whose numbers from 1 on its latest key signs. Two of
 * these never contradict each other, so that two lives of one store can both say one. Made by
 * {@link KeyRing#begin}.
 *
 * @param exportClass of which class
 * @param firstKey the first key of the region that says it
 * @param incarnation which of the region's streams of this class, 1 or more: drawn at random
 * @param index of the key, 0 to {@value Header#KEY_MAX}
 * @param signature with that key
 */
public record Beginning(
    ClassId exportClass, VerifyKey firstKey, long incarnation, int index, Octets signature)
    implements KeyStatement {
  static final int ITEMS = 4;

  private static final int SIGNED_ITEMS = 5;
  private static final int VERSION = 1;
  private static final int EXPECTED_BYTES = 128;

  /** Checks the ranges. */
  public Beginning {
    boolean right = incarnation >= 1 && index >= 0 && index <= Header.KEY_MAX;
    if (!right || signature.size() != SignedHeader.SIGNATURE_SIZE) {
      throw new IllegalArgumentException("incarnation " + incarnation + " under key " + index);
    }
  }

  /** Signs with the key that has that index. */
  static Beginning sign(
      ClassId exportClass, VerifyKey firstKey, long incarnation, int index, SigningKey key) {
    Octets said = said(exportClass, firstKey, incarnation, index);
    return new Beginning(
        exportClass, firstKey, incarnation, index, key.sign(HashUse.BEGINNING, said));
  }

  private static Octets said(ClassId exportClass, VerifyKey firstKey, long incarnation, int index) {
    return new CborWriter(EXPECTED_BYTES)
        .array(SIGNED_ITEMS)
        .unsigned(VERSION)
        .bytes(exportClass.name())
        .bytes(firstKey.octets())
        .unsigned(incarnation)
        .unsigned(index)
        .end()
        .finish();
  }

  /** Whether the signature is right, if {@code key} is the one with that index. */
  boolean verifies(VerifyKey key) {
    Octets said = said(exportClass, firstKey, incarnation, index);
    return key.verifies(HashUse.BEGINNING, said, signature);
  }

  @Override
  public void write(CborWriter to) {
    to.array(ITEMS)
        .bytes(firstKey.octets())
        .unsigned(incarnation)
        .unsigned(index)
        .bytes(signature)
        .end();
  }

  /** Reads what comes after the head of the item. */
  static Beginning read(CborReader from, ClassId exportClass) {
    VerifyKey firstKey = KeyStatement.key(from);
    int where = from.offset();
    long incarnation = from.unsigned();
    if (incarnation < 1) {
      throw from.fault(where, "an incarnation that begins is not within 1 and 2^63 - 1");
    }
    int index = from.unsigned(Header.KEY_MAX);
    Octets signature = from.bytes(SignedHeader.SIGNATURE_SIZE).compact();
    return new Beginning(exportClass, firstKey, incarnation, index, signature);
  }

  /** For people. */
  @Override
  public String toString() {
    return "incarnation %d of %s under key %d".formatted(incarnation, RegionId.of(firstKey), index);
  }
}
