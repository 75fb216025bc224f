package dev.holdfast.gateway.opportunistic;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.admin.AdministrativeRecord;
import dev.holdfast.bpv7.admin.AdministrativeRecords;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node tells another when they meet: its summary vector as an administrative record of the
 * private range (RFC 9713 §3), a byte string of digests; and its delivery predictabilities as an
 * extension block of the private range, a map of node ids to numbers, as dtn7-go has it. Either may
 * be missing. Pure.
 *
 * @param summary the digests of bundles it has or had, one after another; empty if it does not tell
 * @param predictabilities nodes that it may deliver to, each 0..1
 */
public record EncounterRecord(Optional<Octets> summary, Map<NodeId, Double> predictabilities) {
  /** Administrative record type code of a summary vector. */
  public static final long RECORD_TYPE = 65_536 + 0x5356;

  /** Block type code of delivery predictabilities. */
  public static final long BLOCK_TYPE = 194;

  private static final int PAIR_BYTES = 9;
  private static final int MAP = 0xa0;
  private static final int SHORT = 24;
  private static final int TWO_BYTES = 25;
  private static final int DOUBLE = 0xfb;

  /** The payload that carries a summary vector. */
  public static Octets payload(SummaryVector vector) {
    Octets digests =
        new CborWriter(vector.size() * SummaryVector.WIDTH + 16).bytes(vector.encode()).finish();
    return AdministrativeRecords.encode(new AdministrativeRecord.Unknown(RECORD_TYPE, digests));
  }

  /**
   * The data of the block that carries predictabilities, of at most 65,535 nodes. Every number is
   * written as a double, since its reader expects that.
   */
  public static Octets blockData(Map<NodeId, Double> predictabilities) {
    List<Octets> parts = new ArrayList<>();
    parts.add(mapHead(predictabilities.size()));
    predictabilities.forEach(
        (node, value) -> {
          parts.add(Eids.encode(node.eid()));
          parts.add(
              Octets.wrap(
                  ByteBuffer.allocate(PAIR_BYTES).put((byte) DOUBLE).putDouble(value).array()));
        });
    return Octets.concat(parts);
  }

  private static Octets mapHead(int pairs) {
    byte[] head =
        pairs < SHORT
            ? new byte[] {(byte) (MAP | pairs)}
            : new byte[] {(byte) (MAP | TWO_BYTES), (byte) (pairs >>> 8), (byte) pairs};
    return Octets.wrap(head);
  }

  /** What a bundle tells; present if it tells anything of the kind. */
  public static Optional<EncounterRecord> of(BundleHead head, Octets payload) {
    Optional<Octets> summary = summary(payload);
    Optional<Map<NodeId, Double>> predictabilities = Optional.empty();
    for (BundleHead.Extension extension : head.extensions()) {
      if (extension.block() instanceof CanonicalBlock.Unknown(_, long type, Octets data)
          && type == BLOCK_TYPE) {
        predictabilities = predictabilities(data);
      }
    }
    return summary.isEmpty() && predictabilities.isEmpty()
        ? Optional.empty()
        : Optional.of(new EncounterRecord(summary, predictabilities.orElseGet(LinkedHashMap::new)));
  }

  private static Optional<Octets> summary(Octets payload) {
    if (AdministrativeRecords.decode(payload, ReadOptions.STRICT)
            instanceof
            Decoded.Valid<AdministrativeRecord>(
                AdministrativeRecord.Unknown(long type, Octets content))
        && type == RECORD_TYPE) {
      CborReader reader = new CborReader(content);
      try {
        Octets digests = reader.bytes();
        return digests.size() % SummaryVector.WIDTH == 0 ? Optional.of(digests) : Optional.empty();
      } catch (WireException unreadable) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<NodeId, Double>> predictabilities(Octets data) {
    CborReader reader = new CborReader(data, CborReader.Form.ANY_WIDTH);
    try {
      int pairs = reader.map();
      Map<NodeId, Double> found = new LinkedHashMap<>();
      for (int i = 0; i < pairs; i++) {
        Eid node = Eids.read(reader, Limits.DEFAULT, Eids.DtnSyntax.STRICT);
        double value = reader.number();
        if (value >= 0 && value <= 1) { // Not so for NaN either.
          node.nodeId().ifPresent(n -> found.put(n, value));
        }
      }
      reader.expectEnd();
      return Optional.of(found);
    } catch (WireException unreadable) {
      return Optional.empty();
    }
  }

  /** For the journal. */
  @Override
  public String toString() {
    String bundles =
        summary.map(s -> "has or had " + s.size() / SummaryVector.WIDTH + " bundles").orElse("");
    String nodes =
        predictabilities.isEmpty() ? "" : "may deliver to " + predictabilities.size() + " nodes";
    return bundles.isEmpty() || nodes.isEmpty() ? bundles + nodes : bundles + ", " + nodes;
  }
}
