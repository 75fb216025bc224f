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
import java.util.Optional;

/**
 * A region says that from some number of a stream on another key signs. Made by {@link
 * KeyRing#rotate} and {@link KeyRing#end}.
 *
 * @param terms what is said
 * @param signatureBefore with the key that signed until then
 * @param signatureNew with the key that signs from then on; empty if it is the same key
 */
public record KeyChange(Terms terms, Octets signatureBefore, Octets signatureNew)
    implements KeyStatement {
  static final int ITEMS = 9;
  private static final int SIGNED_ITEMS = 9;
  private static final int VERSION = 1;
  private static final int EXPECTED_BYTES = 256;

  /**
   * What is said.
   *
   * @param exportClass of which class
   * @param firstKey the first key of the region that says it
   * @param number the region's first statement of this class has 1, the next one 2: two that have
   *     the same number contradict each other
   * @param incarnation which of the region's streams of this class, 0 or more
   * @param began the index of the key that signs that stream's numbers from 1 on, as far as no
   *     statement says otherwise
   * @param index of the key, 0 to {@value Header#KEY_MAX}
   * @param from the first number of the stream that the key signs
   * @param key the key
   */
  public record Terms(
      ClassId exportClass,
      VerifyKey firstKey,
      int number,
      long incarnation,
      int began,
      int index,
      long from,
      VerifyKey key) {
    /** Checks the ranges. */
    public Terms {
      boolean right =
          number >= 0
              && incarnation >= 0
              && began >= 0
              && began <= index
              && index <= Header.KEY_MAX;
      if (!right || from < 1 || from > Header.LAST_MAX) {
        throw new IllegalArgumentException(
            "no terms: %d, incarnation %d, key %d from %d on"
                .formatted(number, incarnation, index, from));
      }
    }

    /** What holds of a region's first stream before the region says anything. */
    static Terms initial(ClassId exportClass, VerifyKey firstKey) {
      return new Terms(exportClass, firstKey, 0, 0, 0, 0, 1, firstKey);
    }

    /** Whether it only says that there is such a stream, and not where its key is replaced. */
    boolean leavesOpen() {
      return from == Header.LAST_MAX;
    }

    /** What is signed. */
    private Octets encode() {
      return new CborWriter(EXPECTED_BYTES)
          .array(SIGNED_ITEMS)
          .unsigned(VERSION)
          .bytes(exportClass.name())
          .bytes(firstKey.octets())
          .unsigned(number)
          .unsigned(incarnation)
          .unsigned(began)
          .unsigned(index)
          .unsigned(from)
          .bytes(key.octets())
          .end()
          .finish();
    }

    /** For people. */
    @Override
    public String toString() {
      return "statement %d of %s: incarnation %d, key %d from %d on"
          .formatted(number, RegionId.of(firstKey), incarnation, index, from);
    }
  }

  /** Checks the lengths. */
  public KeyChange {
    boolean right =
        terms.number() > 0
            && signatureBefore.size() == SignedHeader.SIGNATURE_SIZE
            && (signatureNew.isEmpty() || signatureNew.size() == SignedHeader.SIGNATURE_SIZE);
    if (!right) {
      throw new IllegalArgumentException("no statement: " + terms);
    }
  }

  /** Signs with both keys, or with one if there is no new one. */
  static KeyChange sign(Terms terms, SigningKey before, Optional<SigningKey> next) {
    Octets said = terms.encode();
    return new KeyChange(
        terms,
        before.sign(HashUse.KEYS, said),
        next.map(key -> key.sign(HashUse.KEYS, said)).orElse(Octets.EMPTY));
  }

  /** Whether it says that nobody signs any more of the stream. */
  boolean ends() {
    return signatureNew.isEmpty();
  }

  /** Whether both signatures are right, if {@code before} signed until then. */
  boolean verifies(VerifyKey before) {
    Octets said = terms.encode();
    boolean newToo =
        signatureNew.isEmpty()
            ? terms.key().equals(before)
            : terms.key().verifies(HashUse.KEYS, said, signatureNew);
    return newToo && before.verifies(HashUse.KEYS, said, signatureBefore);
  }

  @Override
  public ClassId exportClass() {
    return terms.exportClass();
  }

  @Override
  public VerifyKey firstKey() {
    return terms.firstKey();
  }

  @Override
  public void write(CborWriter to) {
    to.array(ITEMS)
        .bytes(terms.firstKey().octets())
        .unsigned(terms.number())
        .unsigned(terms.incarnation())
        .unsigned(terms.began())
        .unsigned(terms.index())
        .unsigned(terms.from())
        .bytes(terms.key().octets())
        .bytes(signatureBefore)
        .bytes(signatureNew)
        .end();
  }

  /** Reads what comes after the head of the item. */
  static KeyChange read(CborReader from, ClassId exportClass) {
    VerifyKey firstKey = KeyStatement.key(from);
    int where = from.offset();
    int number = from.unsigned(Integer.MAX_VALUE);
    long incarnation = from.unsigned();
    int began = from.unsigned(Header.KEY_MAX);
    int index = from.unsigned(Header.KEY_MAX);
    long first = from.unsigned();
    if (number < 1 || incarnation < 0 || began > index || first < 1 || first > Header.LAST_MAX) {
      throw from.fault(where, "a statement's numbers are not within 1, or 0, and 2^63 - 2");
    }
    VerifyKey key = KeyStatement.key(from);
    Terms terms = new Terms(exportClass, firstKey, number, incarnation, began, index, first, key);
    Octets before = from.bytes(SignedHeader.SIGNATURE_SIZE).compact();
    where = from.offset();
    Octets after = from.bytes().compact();
    if (!after.isEmpty() && after.size() != SignedHeader.SIGNATURE_SIZE) {
      throw from.fault(where, "a signature of " + after.size() + " bytes");
    }
    return new KeyChange(terms, before, after);
  }

  /** For people. */
  @Override
  public String toString() {
    return terms.toString();
  }
}
