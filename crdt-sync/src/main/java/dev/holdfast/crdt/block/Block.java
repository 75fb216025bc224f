package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Operations of one stream under one signature, all of them or some: a redacted block has the same
 * header, id and signature, and can be verified like the whole one.
 *
 * <pre>
 *   [header, signature, opening, operations]
 * </pre>
 *
 * <p>One that was read is only well formed. Nothing of it may be applied before it is {@linkplain
 * #verify verified} and its {@link Chain} says that it is next.
 */
public final class Block {
  private static final int ITEMS = 4;
  private static final int BYTES_EACH = 24;
  private static final Octets ARRAY_OF_4 = Octets.wrap(new byte[] {(byte) 0x84});

  private final SignedHeader signed;
  private final Opening opening;
  private final List<Operation> operations;

  Block(SignedHeader signed, Opening opening, List<Operation> operations) {
    this.signed = signed;
    this.opening = opening;
    this.operations = List.copyOf(operations);
  }

  /** What its writer signed. */
  public SignedHeader signed() {
    return signed;
  }

  /** What its writer signed, without the signature. */
  public Header header() {
    return signed.header();
  }

  /** The operations that are shown, in the order of their numbers. */
  public List<Operation> operations() {
    return operations;
  }

  /** How many operations are not shown. */
  public int hidden() {
    return header().tree().size() - operations.size();
  }

  /**
   * This block with fewer operations. Of the others it tells how many there are, and between which
   * of those shown; not where, when or what they wrote.
   *
   * @param keep which of those shown remain
   */
  public Block redact(Predicate<Operation> keep) {
    BitSet kept = new BitSet();
    for (int i = 0; i < operations.size(); i++) {
      kept.set(i, keep.test(operations.get(i)));
    }
    if (kept.cardinality() == operations.size()) {
      return this;
    }
    List<Octets> canonical = Canonical.of(operations);
    Opening less = opening.redact(header().tree().size(), canonical, kept);
    return new Block(signed, less, kept.stream().mapToObj(operations::get).toList());
  }

  /**
   * This block once for each operation that is shown, showing that one alone. It follows from what
   * the writer made, whatever else was shown before; all together cost little more than one.
   */
  public List<Block> each() {
    if (operations.size() == 1) {
      return List.of(this);
    }
    List<Opening.Redacted> alone = opening.each(header().tree().size(), Canonical.of(operations));
    List<Block> each = new ArrayList<>(operations.size());
    for (int i = 0; i < alone.size(); i++) {
      each.add(new Block(signed, alone.get(i), List.of(operations.get(i))));
    }
    return each;
  }

  /**
   * Its octets without those of the signed header: for who knows that otherwise.
   *
   * @see #decode(SignedHeader, Octets, BlockLimits)
   */
  public Octets encodeShown() {
    return encode().from(encodedHead(signed).size());
  }

  private static Octets encodedHead(SignedHeader signed) {
    return Octets.concat(List.of(ARRAY_OF_4, signed.encode().from(1)));
  }

  /** The block of that header whose other octets these are; nothing is verified. */
  public static Parsed<Block> decode(SignedHeader signed, Octets shown, BlockLimits limits) {
    return decode(Octets.concat(List.of(encodedHead(signed), shown)), limits);
  }

  /**
   * Whether it is what its writer made.
   *
   * @param key the key that the header names, of the writer whose stream it is
   * @param wallMillis the wall clock, milliseconds since 2000
   * @param driftMillis how far ahead a clock may be and not be flagged
   */
  public Verdict verify(VerifyKey key, long wallMillis, long driftMillis) {
    if (!signed.verifies(key)) {
      return new Verdict.BadSignature();
    }
    Optional<Octets> root = opening.tree(header().tree().size(), Canonical.of(operations)).root();
    if (!root.equals(Optional.of(header().tree().root()))) {
      return new Verdict.WrongRoot();
    }
    boolean ahead = header().clock().aheadOf(wallMillis) > driftMillis;
    return new Verdict.Genuine(new VerifiedBlock(this, ahead));
  }

  /** Its octets: one form for each block. */
  public Octets encode() {
    var writer = new CborWriter(2 * Header.EXPECTED_BYTES + BYTES_EACH * operations.size());
    writer.array(ITEMS).item(header().encode()).bytes(signed.signature());
    opening.write(writer);
    Columns.write(writer, header(), operations);
    return writer.end().finish();
  }

  /** The block that these octets from outside are; nothing is verified. */
  public static Parsed<Block> decode(Octets octets, BlockLimits limits) {
    if (octets.size() > limits.blockBytes()) {
      return new Parsed.Bad<>(
          0,
          "crdt-sync/docs/0002",
          "a block of " + octets.size() + " bytes, " + limits.blockBytes() + " at most");
    }
    try {
      CborReader from = new CborReader(octets).in("crdt-sync/docs/0002");
      from.array(ITEMS);
      int where = from.offset();
      SignedHeader signed = SignedHeader.read(from);
      int size = signed.header().tree().size();
      if (size > limits.operations()) {
        throw from.fault(where, size + " operations, " + limits.operations() + " at most");
      }
      Opening opening = Opening.read(from.in("crdt-sync/docs/0002, opening"), size);
      int shown = opening.shown(size).cardinality();
      List<Operation> operations = ColumnReader.read(from, signed.header(), shown, limits);
      from.expectEnd();
      return new Parsed.Good<>(new Block(signed, opening, operations));
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that
        && signed.equals(that.signed)
        && opening.equals(that.opening)
        && operations.equals(that.operations);
  }

  @Override
  public int hashCode() {
    return signed.hashCode();
  }

  /** For people. */
  @Override
  public String toString() {
    return header().stream() + " " + header().covers() + ", " + hidden() + " not shown";
  }
}
