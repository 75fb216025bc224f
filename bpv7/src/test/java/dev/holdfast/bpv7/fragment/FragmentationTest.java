package dev.holdfast.bpv7.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BlockHeader;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.RandomBundles;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.fragment.Fragmenter.Obstacle;
import dev.holdfast.bpv7.fragment.Reassembly.Outcome;
import dev.holdfast.bpv7.fragment.Reassembly.Piece;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentationTest {
  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63})
  void aBundleCutInAnyWayComesTogetherByteForByte(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    RandomGenerator random = bundles.random();
    int cut = 0;
    for (int i = 0; cut < 1_500; i++) {
      Bundle bundle = bundles.next(1 + random.nextInt(200));
      boolean whole = bundle.head().primary().fragment().isEmpty();
      if (Fragmenter.obstacle(bundle.head()).isPresent() || !whole) {
        continue;
      }
      cut++;
      String which = "seed " + seed + ", bundle " + i;
      List<Bundle> fragments = fragments(bundle, random);
      fragments.forEach(fragment -> assertReadable(which, fragment));
      assertThat(reassembled(which, fragments)).as(which).isEqualTo(bundle);
    }
  }

  /** Covers the bundle at least once, with cuts of cuts, overlaps and repetitions, shuffled. */
  private static List<Bundle> fragments(Bundle bundle, RandomGenerator random) {
    List<Bundle> fragments = new ArrayList<>();
    int size = bundle.payload().size();
    for (int at = 0; at < size; ) {
      int from = Math.max(0, at - random.nextInt(10));
      int length = Math.min(size - from, at - from + 1 + random.nextInt(60));
      Bundle fragment = Fragmenter.cut(bundle, from, length);
      at = from + length;
      if (random.nextInt(4) == 0 && length > 1) {
        int middle = 1 + random.nextInt(length - 1);
        fragments.add(Fragmenter.cut(fragment, 0, middle));
        fragments.add(Fragmenter.cut(fragment, middle, length - middle));
      } else {
        fragments.add(fragment);
      }
      if (random.nextInt(4) == 0) {
        fragments.add(fragment);
      }
    }
    Collections.shuffle(fragments, Random.from(random));
    return fragments;
  }

  private static void assertReadable(String which, Bundle fragment) {
    assertThat(BundleReader.read(fragment.encoded(), ReadOptions.STRICT))
        .as(which)
        .isEqualTo(new Decoded.Valid<>(fragment));
  }

  private static Bundle reassembled(String which, List<Bundle> fragments) {
    Map<BundleId, Bundle> held = new LinkedHashMap<>();
    Bundle any = fragments.getFirst();
    Reassembly reassembly = Reassembly.of(any.id(), place(any), Limits.DEFAULT).orElseThrow();
    for (Bundle fragment : fragments) {
      Outcome outcome = reassembly.add(fragment.id(), place(fragment));
      assertThat(outcome).as(which).isNotInstanceOf(Outcome.Refused.class);
      held.putIfAbsent(fragment.id(), fragment);
    }
    assertThat(reassembly.isComplete()).as(which).isTrue();
    BundleHead head = Reassembly.wholeHead(held.get(reassembly.first().orElseThrow()).head());
    PayloadCrc crc = PayloadCrc.of(head.payload());
    List<Octets> parts = new ArrayList<>();
    for (Piece piece : reassembly.pieces()) {
      Octets payload = held.get(piece.fragment()).payload();
      Octets part = payload.slice((int) piece.from(), (int) (piece.from() + piece.length()));
      crc.update(part);
      parts.add(part);
    }
    return new Bundle(head, Octets.concat(parts), crc.trailer());
  }

  private static FragmentInfo place(Bundle fragment) {
    return fragment.head().primary().fragment().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void theFirstBytesWinAsInAPlainModel(long seed) {
    RandomGenerator random = new RandomBundles(seed).random();
    for (int round = 0; round < 2_000; round++) {
      int total = 1 + random.nextInt(60);
      BundleId whole = BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(5), 0));
      FragmentInfo place = new FragmentInfo(0, total);
      Reassembly reassembly = Reassembly.of(whole, place, Limits.DEFAULT).orElseThrow();
      int[] model = new int[total];
      Arrays.fill(model, -1);
      List<BundleId> added = new ArrayList<>();
      for (int n = 0; n < 25; n++) {
        int offset = random.nextInt(total + 1);
        int length = random.nextInt(total - offset + 1);
        BundleId fragment =
            new BundleId(
                whole.source(), whole.created(), Optional.of(new BundleId.Extent(offset, length)));
        added.add(fragment);
        long fresh = 0;
        for (int b = offset; b < offset + length; b++) {
          if (model[b] < 0) {
            model[b] = n;
            fresh++;
          }
        }
        Outcome expected = fresh == 0 ? new Outcome.Redundant() : new Outcome.Added(fresh);
        assertThat(reassembly.add(fragment, place)).isEqualTo(expected);
        assertMatches("seed " + seed + ", round " + round, reassembly, model, added);
      }
    }
  }

  private static void assertMatches(
      String which, Reassembly reassembly, int[] model, List<BundleId> added) {
    int[] seen = new int[model.length];
    Arrays.fill(seen, -1);
    long end = 0;
    for (Piece piece : reassembly.pieces()) {
      assertThat(piece.offset()).as(which).isGreaterThanOrEqualTo(end);
      end = piece.end();
      BundleId.Extent extent = piece.fragment().extent().orElseThrow();
      assertThat(piece.offset() - piece.from()).as(which).isEqualTo(extent.offset());
      // The same extent may have come twice; the first of its kind is meant.
      int source = added.indexOf(piece.fragment());
      for (int b = (int) piece.offset(); b < piece.end(); b++) {
        seen[b] = source;
      }
    }
    int[] expected =
        Arrays.stream(model).map(n -> n < 0 ? -1 : added.indexOf(added.get(n))).toArray();
    assertThat(seen).as(which).isEqualTo(expected);
    long present = Arrays.stream(model).filter(n -> n >= 0).count();
    assertThat(reassembly.present()).as(which).isEqualTo(present);
    assertThat(reassembly.isComplete()).as(which).isEqualTo(present == model.length);
  }

  @Test
  void lengthsThatHappenToSumUpDoNotMakeAWhole() {
    BundleId whole = BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(5), 0));
    FragmentInfo place = new FragmentInfo(0, 10);
    Reassembly reassembly = Reassembly.of(whole, place, Limits.DEFAULT).orElseThrow();
    reassembly.add(fragment(whole, 0, 5), place);
    reassembly.add(fragment(whole, 1, 5), place);
    assertThat(reassembly.isComplete()).isFalse();
    assertThat(reassembly.present()).isEqualTo(6);
    reassembly.add(fragment(whole, 6, 4), place);
    assertThat(reassembly.isComplete()).isTrue();
  }

  @Test
  void whatDoesNotBelongIsRefused() {
    BundleId whole = BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(5), 0));
    BundleId other = BundleId.whole(IpnEid.of(1, 2), new CreationTimestamp(new DtnTime(5), 0));
    FragmentInfo place = new FragmentInfo(0, 10);
    Reassembly reassembly = Reassembly.of(whole, place, Limits.DEFAULT).orElseThrow();
    List<Outcome> outcomes =
        List.of(
            reassembly.add(fragment(other, 0, 5), place),
            reassembly.add(whole, place),
            reassembly.add(fragment(whole, 0, 5), new FragmentInfo(0, 11)),
            reassembly.add(fragment(whole, 6, 5), place),
            reassembly.add(fragment(whole, -1, 5), place),
            reassembly.add(fragment(whole, 5, Long.MAX_VALUE), place));
    assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Refused);
    assertThat(Reassembly.of(whole, new FragmentInfo(0, -1), Limits.DEFAULT)).isEmpty();
    assertThat(Reassembly.of(whole, new FragmentInfo(0, 1L << 50), Limits.DEFAULT)).isEmpty();
  }

  @Test
  void thePiecesAreLimited() {
    Limits few = new Limits(1_024, 8, 64, 4, 1_000, 64, 3);
    BundleId whole = BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(5), 0));
    FragmentInfo place = new FragmentInfo(0, 100);
    Reassembly reassembly = Reassembly.of(whole, place, few).orElseThrow();
    for (int i = 0; i < 3; i++) {
      assertThat(reassembly.add(fragment(whole, i * 10, 1), place)).isEqualTo(new Outcome.Added(1));
    }
    assertThat(reassembly.add(fragment(whole, 50, 1), place)).isInstanceOf(Outcome.Refused.class);
    assertThat(reassembly.present()).isEqualTo(3);
  }

  private static BundleId fragment(BundleId whole, long offset, long length) {
    return new BundleId(
        whole.source(), whole.created(), Optional.of(new BundleId.Extent(offset, length)));
  }

  @Test
  void blocksGoWithTheFirstPieceAndReplicatedOnesWithEach() {
    BundleBuilder builder =
        BundleBuilder.to(IpnEid.of(2, 1))
            .from(IpnEid.of(1, 1))
            .previousNode(IpnEid.of(9, 0))
            .block(
                new CanonicalBlock.BundleAge(new BlockHeader(3, BlockFlags.NONE, CrcType.NONE), 4))
            .hopLimit(7)
            .block(200, new BlockFlags(BlockFlags.REPLICATE), Octets.EMPTY)
            .block(201, BlockFlags.NONE, Octets.EMPTY);
    // Without creation time every piece needs the age, whatever the block's flags.
    Bundle clockless = builder.build(Octets.wrap(new byte[10]));
    assertThat(types(Fragmenter.cut(clockless, 0, 5))).containsExactly(6L, 7L, 10L, 200L, 201L);
    assertThat(types(Fragmenter.cut(clockless, 5, 5))).containsExactly(7L, 10L, 200L);
    Bundle dated =
        builder.created(new CreationTimestamp(new DtnTime(1), 0)).build(Octets.wrap(new byte[10]));
    Bundle second = Fragmenter.cut(dated, 5, 5);
    assertThat(types(second)).containsExactly(10L, 200L);
    assertThat(types(Fragmenter.cut(second, 0, 2))).containsExactly(10L, 200L);
    assertThat(place(Fragmenter.cut(second, 2, 3))).isEqualTo(new FragmentInfo(7, 10));
  }

  private static List<Long> types(Bundle bundle) {
    return bundle.head().extensions().stream().map(Extension::block).map(b -> b.type()).toList();
  }

  @Test
  void someBundlesMustStayWhole() {
    Bundle forbidden =
        BundleBuilder.to(IpnEid.of(2, 1))
            .from(IpnEid.of(1, 1))
            .age(0)
            .flags(new BundleFlags(BundleFlags.MUST_NOT_FRAGMENT))
            .build(Octets.ofHex("0102"));
    assertThat(Fragmenter.obstacle(forbidden.head())).contains(Obstacle.MUST_NOT_FRAGMENT);
    assertThatThrownBy(() -> Fragmenter.cut(forbidden, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    Bundle secured =
        BundleBuilder.to(IpnEid.of(2, 1))
            .from(IpnEid.of(1, 1))
            .age(0)
            .primaryCrc(CrcType.NONE)
            .block(11, BlockFlags.NONE, Octets.ofHex("8100"))
            .build(Octets.ofHex("0102"));
    assertThat(Fragmenter.obstacle(secured.head())).contains(Obstacle.PRIMARY_SECURED);
  }

  @Test
  void thereIsNoPartOutsideOfThePayload() {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(2, 1)).from(IpnEid.of(1, 1)).age(0).build(Octets.ofHex("0102"));
    assertThatThrownBy(() -> Fragmenter.cut(bundle, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fragmenter.cut(bundle, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fragmenter.cut(bundle, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Reassembly.wholeHead(bundle.head()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOverheadIsNeverLessThanWhatAFragmentHas() {
    BundleHead head =
        BundleBuilder.to(IpnEid.of(2, 1)).from(IpnEid.of(1, 1)).age(0).hopLimit(3).head(1L << 33);
    for (long offset : new long[] {0, 10, 255, 256, 65_536, 1L << 32}) {
      int overhead = Fragmenter.overhead(head, offset);
      for (long length : new long[] {1, 23, 24, 256, 65_536, 1L << 32}) {
        BundleHead fragment = Fragmenter.cut(head, offset, length);
        assertThat(fragment.bundleLength() - length).isLessThanOrEqualTo(overhead);
      }
    }
    assertThat(BundleWriter.payloadHeader(BlockFlags.NONE, CrcType.NONE, 1).encoded().hex())
        .isEqualTo("850101000041");
  }
}
