package dev.holdfast.gateway.opportunistic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is told when two nodes meet, and what is made of bytes that tell nothing. */
class EncounterRecordTest {
  private static BundleBuilder bundle() {
    return BundleBuilder.to(IpnEid.of(2, 0))
        .from(IpnEid.of(1, 0))
        .created(new CreationTimestamp(new DtnTime(1000), 1))
        .lifetime(1000);
  }

  private static BundleId id(long sequence) {
    return BundleId.whole(
        IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(823_456_789_012L), sequence));
  }

  @Test
  void whatIsToldIsHeard() {
    SummaryVector vector = new SummaryVector(100);
    for (int i = 0; i < 150; i++) {
      vector.add(SummaryVector.digest(id(i)));
    }
    Map<NodeId, Double> nodes = new LinkedHashMap<>();
    for (int n = 0; n < 300; n++) {
      nodes.put(n % 2 == 0 ? NodeId.ipn(n + 1) : NodeId.dtn("n" + n), n / 300.0);
    }
    BundleHead head =
        bundle()
            .block(EncounterRecord.BLOCK_TYPE, BlockFlags.NONE, EncounterRecord.blockData(nodes))
            .head(1);
    EncounterRecord heard = EncounterRecord.of(head, EncounterRecord.payload(vector)).orElseThrow();
    assertThat(heard.predictabilities()).containsExactlyEntriesOf(nodes);
    SummaryVector theirs = new SummaryVector(100);
    theirs.addAll(heard.summary().orElseThrow());
    assertThat(theirs.contains(SummaryVector.digest(id(49)))).as("the first ones went").isFalse();
    assertThat(theirs.contains(SummaryVector.digest(id(50)))).isTrue();
    assertThat(theirs.contains(SummaryVector.digest(id(149)))).isTrue();
    assertThat(heard).hasToString("has or had 100 bundles, may deliver to 300 nodes");
  }

  /** The block that dtn7-go 0.9.1 makes of dtn://c/ 0.75, by its source. */
  @Test
  void predictabilitiesAreWrittenAsDtn7GoWritesThem() {
    Octets data = EncounterRecord.blockData(Map.of(NodeId.dtn("c"), 0.75));
    assertThat(data.hex()).isEqualTo("a18201642f2f632ffb3fe8000000000000");
  }

  @Test
  void theDigestIsThatOfTheIdentity() {
    // sha256sum of 83 8202820101 1b000000bfb9d97214 07, its first eight bytes.
    assertThat(SummaryVector.digest(id(7)))
        .isEqualTo(Octets.ofHex("7e91a945a159c1b8").asByteBuffer().getLong());
    assertThat(SummaryVector.digest(id(7)))
        .isNotEqualTo(
            SummaryVector.digest(
                new BundleId(
                    id(7).source(), id(7).created(), Optional.of(new BundleId.Extent(0, 5)))));
  }

  @Test
  void bytesThatTellNothingAreNothing() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      Octets noise = Octets.wrap(bytes);
      BundleHead head = bundle().block(EncounterRecord.BLOCK_TYPE, BlockFlags.NONE, noise).head(1);
      EncounterRecord.of(head, noise)
          .ifPresent(
              r -> assertThat(r.predictabilities().values()).allMatch(v -> v >= 0 && v <= 1));
    }
    assertThat(EncounterRecord.of(bundle().head(1), Octets.ofHex("01"))).isEmpty();
    BundleHead notANumber =
        bundle()
            .block(
                EncounterRecord.BLOCK_TYPE,
                BlockFlags.NONE,
                EncounterRecord.blockData(
                    Map.of(NodeId.ipn(3), Double.NaN, NodeId.ipn(4), 1.5, NodeId.ipn(5), 1.0)))
            .head(1);
    assertThat(EncounterRecord.of(notANumber, Octets.EMPTY).orElseThrow().predictabilities())
        .isEqualTo(Map.of(NodeId.ipn(5), 1.0));
  }

  @Test
  void copiesAreWrittenOverThoseThatWereThere() {
    BundleHead plain = bundle().head(1);
    assertThat(SprayBlock.copies(plain)).isZero();
    BundleHead eight = SprayBlock.with(plain, 8);
    assertThat(SprayBlock.copies(eight)).isEqualTo(8);
    BundleHead four = SprayBlock.with(eight, 4);
    assertThat(SprayBlock.copies(four)).isEqualTo(4);
    assertThat(four.extensions()).hasSize(1);
    assertThat(SprayBlock.copies(withSpray("20"))).as("a negative number").isZero();
    assertThat(SprayBlock.copies(withSpray("0800"))).as("more than a number").isZero();
    assertThat(SprayBlock.copies(withSpray("1bffffffffffffffff")))
        .isEqualTo(SprayBlock.MOST_COPIES);
  }

  private static BundleHead withSpray(String hex) {
    return bundle().block(SprayBlock.TYPE, BlockFlags.NONE, Octets.ofHex(hex)).head(1);
  }
}
