package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.CanonicalBlock.BundleAge;
import dev.holdfast.bpv7.CanonicalBlock.HopCount;
import dev.holdfast.bpv7.CanonicalBlock.PreviousNode;
import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleEditorTest {
  private static final Eid US = IpnEid.of(2, 0);

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void forwardingChangesThreeBlocksAndKeepsEveryOtherByte(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    for (int i = 0; i < 5_000; i++) {
      Bundle bundle = bundles.next();
      BundleHead before = bundle.head();
      BundleHead after = BundleEditor.forward(before, new ForwardEdit(US, 250));
      String which = "seed " + seed + ", bundle " + i;
      Bundle sent = new Bundle(after, bundle.payload(), bundle.trailer());
      assertThat(BundleReader.read(sent.encoded(), ReadOptions.STRICT))
          .as(which)
          .isEqualTo(new Decoded.Valid<>(sent));
      assertThat(after.primary()).as(which).isSameAs(before.primary());
      assertThat(after.payload()).as(which).isSameAs(before.payload());
      assertThat(after.first(PreviousNode.class).map(PreviousNode::node)).as(which).contains(US);
      assertThat(unchanged(after)).as(which).isEqualTo(kept(before));
      assertThat(after.first(HopCount.class).map(HopCount::count))
          .as(which)
          .isEqualTo(before.first(HopCount.class).map(h -> h.count() == -1 ? -1 : h.count() + 1));
    }
  }

  private static List<Extension> unchanged(BundleHead head) {
    return head.extensions().stream().filter(e -> !changes(e.block())).toList();
  }

  private static List<Extension> kept(BundleHead head) {
    return head.extensions().stream()
        .filter(e -> !changes(e.block()))
        .filter(
            e ->
                !(e.block() instanceof Unknown)
                    || e.block().type() == BlockType.BLOCK_INTEGRITY
                    || !e.block().header().flags().has(BlockFlags.DISCARD_BLOCK))
        .toList();
  }

  private static boolean changes(CanonicalBlock block) {
    return block instanceof PreviousNode || block instanceof BundleAge || block instanceof HopCount;
  }

  @Test
  void theAgeGrowsAndStopsAtItsGreatestValue() {
    assertThat(ageAfter(100, 23)).isEqualTo(123);
    assertThat(ageAfter(-10L, 9)).isEqualTo(-1L);
    assertThat(ageAfter(-10L, 11)).isEqualTo(-1L);
    assertThat(ageAfter(-1L, Long.MAX_VALUE)).isEqualTo(-1L);
  }

  private static long ageAfter(long age, long added) {
    BundleHead head = BundleBuilder.to(US).from(IpnEid.of(1, 1)).age(age).head(0);
    return BundleEditor.forward(head, new ForwardEdit(US, added))
        .first(BundleAge.class)
        .orElseThrow()
        .millis();
  }

  @Test
  void changedBlocksKeepNumberFlagsAndChecksumType() {
    BundleHead head =
        BundleBuilder.to(US)
            .from(IpnEid.of(1, 1))
            .block(
                new PreviousNode(
                    new BlockHeader(77, new BlockFlags(0x8000000000000011L), CrcType.CRC16),
                    IpnEid.of(9, 0)))
            .block(new BundleAge(new BlockHeader(5, BlockFlags.NONE, CrcType.CRC32C), 3))
            .head(0);
    BundleHead sent = BundleEditor.forward(head, new ForwardEdit(US, 1));
    assertThat(sent.extensions().stream().map(e -> e.block().header()).toList())
        .isEqualTo(head.extensions().stream().map(e -> e.block().header()).toList());
  }

  @Test
  void anAddedBlockStandsFirstUnderTheSmallestFreeNumber() {
    BundleHead head =
        BundleBuilder.to(US)
            .from(IpnEid.of(1, 1))
            .age(0)
            .hopLimit(3)
            .block(200, BlockFlags.NONE, Octets.EMPTY)
            .head(0);
    Extension added = BundleEditor.forward(head, new ForwardEdit(US, 0)).extensions().getFirst();
    assertThat(added.block())
        .isEqualTo(new PreviousNode(new BlockHeader(5, BlockFlags.NONE, CrcType.NONE), US));
  }

  @Test
  void unknownBlocksGoIfTheirFlagsSaySoUnlessTheyAreProcessedHere() {
    BlockFlags discard = new BlockFlags(BlockFlags.DISCARD_BLOCK);
    BundleHead head =
        BundleBuilder.to(US)
            .from(IpnEid.of(1, 1))
            .age(0)
            .block(200, discard, Octets.EMPTY)
            .block(201, discard, Octets.EMPTY)
            .block(202, BlockFlags.NONE, Octets.EMPTY)
            .head(0);
    BundleHead sent =
        BundleEditor.forward(head, new ForwardEdit(US, 0, CrcType.CRC16, List.of(201L)));
    assertThat(sent.extensions().stream().map(e -> e.block().type()).toList())
        .containsExactly(6L, 7L, 201L, 202L);
    assertThat(sent.extensions().getFirst().block().header().crc()).isEqualTo(CrcType.CRC16);
  }

  @Test
  void aBundleThatCameWithoutTimeAndAgeLeavesWithAnAge() {
    BundleHead aged = BundleBuilder.to(US).from(IpnEid.of(1, 1)).age(0).head(0);
    BundleHead head = BundleEditor.without(aged, 2);
    assertThat(BundleReader.readHead(head.encoded(), ReadOptions.STRICT))
        .isInstanceOf(Decoded.Invalid.class);
    BundleHead sent = BundleEditor.forward(head, new ForwardEdit(US, 77));
    assertThat(sent.first(BundleAge.class).map(BundleAge::millis)).contains(77L);
    assertThat(BundleReader.readHead(sent.encoded(), ReadOptions.STRICT))
        .isEqualTo(new Decoded.Valid<>(sent));
  }

  @Test
  void aNumberThatASecurityBlockSpeaksOfIsNotFree() {
    // The target 4 is gone; a block that took its number would pass for ciphertext.
    BundleHead head =
        BundleBuilder.to(US)
            .from(IpnEid.of(1, 1))
            .age(0)
            .block(BlockType.BLOCK_CONFIDENTIALITY, BlockFlags.NONE, Octets.ofHex("820401"))
            .head(0);
    assertThat(BundleEditor.freeNumber(head)).isEqualTo(5);
  }

  @Test
  void blocksComeAndGoByNumber() {
    BundleHead head = BundleBuilder.to(US).from(IpnEid.of(1, 1)).age(0).head(3);
    Unknown block =
        new Unknown(new BlockHeader(9, BlockFlags.NONE, CrcType.NONE), 200, Octets.ofHex("01"));
    BundleHead more = BundleEditor.with(head, block);
    assertThat(more.extensions().getLast().block()).isEqualTo(block);
    assertThat(BundleReader.readHead(more.encoded())).isEqualTo(new Decoded.Valid<>(more));
    assertThat(BundleEditor.without(more, 9)).isEqualTo(head);
    assertThat(BundleEditor.without(head, 9)).isSameAs(head);
    assertThatThrownBy(() -> BundleEditor.with(more, block))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ForwardEdit(US, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Optional.of(BundleEditor.freeNumber(more))).contains(3L);
  }
}
