package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ClassId;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as octets: deterministic CBOR, one form for each message.
 *
 * <pre>
 *   [1, kind, class, body]                                               DELTA, KEY, PROOF
 *   [1, kind, class, region, key, clock, body, signature]                the others: {@link ClaimForm}
 *
 *   DELTA   [block...]
 *   KEY     [statement...], each of
 *           [first key, number, incarnation, began, index, from, key, signature before, signature new]
 *           [first key, incarnation, index, signature]
 *   PROOF   [first key, incarnation, [[header, signature], [header, signature]]]
 * </pre>
 *
 * <p>The signature is over the BLAKE3 hash of the first seven items as an array of seven, which is
 * the message's id.
 */
public final class SyncCodec {
  static final String SECTION = "crdt-sync/docs/0005";

  private static final int VERSION = 1;
  private static final int SELF_CERTIFIED_ITEMS = 4;
  private static final int SAID_ITEMS = 7;
  private static final int SIGNED_ITEMS = 8;
  private static final int ARRAY = 0x80;
  private static final int EXPECTED_BYTES = 1_024;

  private SyncCodec() {}

  /** The octets of a message. */
  public static Octets encode(SyncMessage message) {
    return switch (message) {
      case SelfCertified.Delta it -> {
        CborWriter to = begin(it).array(it.blocks().size());
        it.blocks().forEach(block -> to.item(block.encode()));
        yield to.end().end().finish();
      }
      case SelfCertified.Key it -> {
        CborWriter to = begin(it).array(it.statements().size());
        it.statements().forEach(statement -> statement.write(to));
        yield to.end().end().finish();
      }
      case SelfCertified.Proof it ->
          begin(it)
              .array(3)
              .bytes(it.firstKey().octets())
              .unsigned(it.incarnation())
              .item(it.proof().encode())
              .end()
              .end()
              .finish();
      case Signed it -> {
        Octets signature = new CborWriter(EXPECTED_BYTES).bytes(it.signature()).finish();
        Octets said = said(it.envelope(), it.claim());
        yield Octets.concat(List.of(head(SIGNED_ITEMS), said.from(1), signature));
      }
    };
  }

  private static CborWriter begin(SelfCertified message) {
    return new CborWriter(EXPECTED_BYTES)
        .array(SELF_CERTIFIED_ITEMS)
        .unsigned(VERSION)
        .unsigned(message.kind().code())
        .bytes(message.exportClass().name());
  }

  /** What the signature of a message is over. */
  static Octets said(Envelope envelope, Claim claim) {
    CborWriter to =
        new CborWriter(EXPECTED_BYTES)
            .array(SAID_ITEMS)
            .unsigned(VERSION)
            .unsigned(claim.kind().code())
            .bytes(envelope.exportClass().name())
            .bytes(envelope.region().name())
            .unsigned(envelope.keyIndex())
            .unsigned(envelope.clock().packed());
    ClaimForm.write(to, claim);
    return to.end().finish();
  }

  private static Octets head(int items) {
    return Octets.wrap(new byte[] {(byte) (ARRAY | items)});
  }

  /** The message that these octets from outside are; nothing is verified. */
  public static Parsed<Received> decode(Octets octets, SyncLimits limits) {
    if (octets.size() > limits.messageBytes()) {
      return new Parsed.Bad<>(
          0,
          SECTION,
          "a message of " + octets.size() + " bytes, " + limits.messageBytes() + " at most");
    }
    try {
      CborReader from = new CborReader(octets).in(SECTION);
      Received message = read(octets, from, limits);
      from.expectEnd();
      return new Parsed.Good<>(message);
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  private static Received read(Octets octets, CborReader from, SyncLimits limits) {
    int items = from.array();
    int where = from.offset();
    int version = from.unsigned(Integer.MAX_VALUE);
    if (version != VERSION) {
      throw from.fault(where, "a message of version " + version + ", not " + VERSION);
    }
    where = from.offset();
    int code = from.unsigned(Integer.MAX_VALUE);
    MessageKind kind = MessageKind.of(code).orElse(null);
    if (kind == null) {
      throw from.fault(where, "there is no message of kind " + code);
    }
    if (items != (kind.isSigned() ? SIGNED_ITEMS : SELF_CERTIFIED_ITEMS)) {
      throw from.fault(0, "a " + kind + " of " + items + " items");
    }
    ClassId exportClass = new ClassId(from.bytes(ClassId.SIZE).compact());
    return switch (kind) {
      case DELTA -> new SelfCertified.Delta(exportClass, Items.blocks(from, 1, limits));
      case KEY -> new SelfCertified.Key(exportClass, statements(from, exportClass, limits));
      case PROOF -> proof(from, exportClass, limits);
      case FRONTIER, SKETCH, SNAPSHOT, REQUEST, SIDECAST -> {
        RegionId region = new RegionId(from.bytes(RegionId.SIZE).compact());
        int key = from.unsigned(Header.KEY_MAX);
        Envelope envelope = new Envelope(exportClass, region, key, Hlc.unpack(from.unsigned()));
        Claim claim = ClaimForm.read(from.in(SECTION + ", " + kind), kind, limits);
        int end = from.in(SECTION).offset();
        Octets signature = from.bytes(SignedHeader.SIGNATURE_SIZE).compact();
        Octets said = Octets.concat(List.of(head(SAID_ITEMS), octets.slice(1, end)));
        yield new Unverified(envelope, claim, said, signature);
      }
    };
  }

  private static List<KeyStatement> statements(
      CborReader from, ClassId exportClass, SyncLimits limits) {
    int where = from.offset();
    int count = Items.count(from, limits.statements(), 1, "statements");
    if (count == 0) {
      throw from.fault(where, "no statements");
    }
    List<KeyStatement> statements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      statements.add(KeyStatement.read(from, exportClass));
    }
    return statements;
  }

  private static SelfCertified.Proof proof(
      CborReader from, ClassId exportClass, SyncLimits limits) {
    from.array(3);
    VerifyKey firstKey = KeyStatement.key(from);
    int where = from.offset();
    long incarnation = from.unsigned();
    if (incarnation < 0) {
      throw from.fault(where, "an incarnation is not within 0 and 2^63 - 1");
    }
    ForkProof proof = Items.read(from, limits.messageBytes(), ForkProof::decode);
    return new SelfCertified.Proof(exportClass, firstKey, incarnation, proof);
  }
}
