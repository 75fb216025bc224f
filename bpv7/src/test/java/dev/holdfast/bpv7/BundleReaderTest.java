package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Crc;
import dev.holdfast.bpv7.wire.Octets;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule a test: a bundle that breaks it and no other. */
class BundleReaderTest {
  private static final String DEST = "82028203182a";
  private static final String SOURCE = "8202820101";
  private static final String NOBODY = "820100";
  private static final String PAYLOAD = "8501010000426869";

  @Test
  void theBundleThatTheOthersAreMadeFromIsGood() {
    assertThat(read(bundle(primary("00", DEST, SOURCE, "821903e800"), PAYLOAD)))
        .isInstanceOf(Decoded.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // flags; source; created; blocks; section; words
        "00; 8202820101; 821903e800; 8501020000426869; §4.3.2; has number 1, not 2",
        "00; 8202820101; 821903e800; 8518c8010000408501010000426869; §4.3.2; number 1 belongs",
        "00; 8202820101; 821903e800; 8518c8000000408501010000426869; §4.3.2; number 0 belongs",
        "00; 8202820101; 821903e800; 8518c8020000408518c9020000408501010000426869; §4.3.2; two blocks",
        "00; 8202820101; 821903e800; 85010100034268698501010000426869; §4.2.1; none of 0, 1, 2",
        "00; 8202820101; 821903e800; 860101000042686942ffff; §4.3.2; does not fit CRC type 0",
        "00; 8202820101; 821903e800; 85010100014268698501010000426869; §4.3.2; does not fit CRC type 1",
        "00; 8202820101; 821903e800; 840101000042; §4.3.2; 5 or 6 items",
        "00; 8202820101; 821903e800; 860101000142686942ffff; §4.2.1; the CRC of the payload block",
        "00; 8202820101; 821903e800; 860101000142686944ffffffff; §4.2.1; byte string of 2 bytes",
        "00; 8202820101; 821903e800; ''; §4.1; without a payload block",
        "00; 8202820101; 820000; 8501010000426869; §4.4.2; creation time zero without",
        "00; 8202820101; 821903e800; 85070200004101850703000041018501010000426869; §4.4.2; second",
        "00; 8202820101; 821903e800; 85060200004382010085060300004382010085010100004101; §4.4.1; second",
        "00; 8202820101; 821903e800; 850a02000043820100850a030000438201008501010000410; §4.4.3; second",
        "00; 8202820101; 821903e800; 850a02000043820001850101000042686; §4.4.3; 1 to 255",
        "00; 8202820101; 821903e800; 850a020000458219010000850101000042686; §4.4.3; more than 255",
        "00; 8202820101; 821903e800; 850a020000441900010185010100004268; §4.4.3; an array is due",
        "00; 8202820101; 821903e800; 85070200004201018501010000426869; §4.4.2; 1 bytes follow",
        "00; 8202820101; 821903e800; 8507020000408501010000426869; §4.4.2; end within an item",
        "02; 8202820101; 821903e800; 85010102004268; §4.2.4; asks for a report",
        "04; 820100; 821903e800; 8518c8020200408501010000426869; §4.2.4; asks for a report",
        "00; 820100; 821903e800; 8501010000426869; §4.2.3; does not forbid its fragmentation",
        "1a00010004; 820100; 821903e800; 8501010000426869; §4.2.3; without a source asks",
        "194002; 8202820101; 821903e800; 8501010000426869; §4.2.3; administrative record asks",
        "01; 8202820101; 821903e800; 8501010000426869; §4.3.1; has 11 items, not 9",
      })
  void aBrokenRuleIsTold(
      String flags, String source, String created, String blocks, String section, String words) {
    String even = blocks.length() % 2 == 0 ? blocks : blocks + "0";
    Decoded<Bundle> read = read(bundle(primary(flags, DEST, source, created), even));
    assertThat(read)
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            invalid -> {
              assertThat(invalid.fault().section()).isEqualTo("RFC 9171 " + section);
              assertThat(invalid.fault().reason()).contains(words);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, true",
    "8, 10, true",
    "9, 10, false",
    "10, 10, false",
    "11, 10, false",
    "0, 0, false",
    "-1, -1, false",
    "-3, -1, true",
    "-2, -1, false",
    "0, 1, false"
  })
  void aFragmentLiesWithinItsWhole(long offset, long total, boolean valid) {
    CborWriter primary = new CborWriter(64);
    primary.array(11).unsigned(7).unsigned(1).unsigned(1);
    primary.item(Octets.ofHex(DEST)).item(Octets.ofHex(SOURCE)).item(Octets.ofHex(NOBODY));
    primary.item(Octets.ofHex("820a00")).unsigned(9).unsigned(offset).unsigned(total);
    primary.crc(0, Crc.x25()).end();
    assertThat(read(bundle(primary.finish(), PAYLOAD)) instanceof Decoded.Valid).isEqualTo(valid);
  }

  @Test
  void aFragmentAtTheEndOfNothingIsNoneOfTotalZero() {
    BundleHead head =
        BundleBuilder.to(Eid.NULL)
            .from(IpnEid.of(1, 1))
            .created(new CreationTimestamp(new DtnTime(5), 0))
            .fragment(new FragmentInfo(10, 10))
            .head(0);
    assertThat(BundleReader.readHead(head.encoded())).isEqualTo(new Decoded.Valid<>(head));
  }

  @Test
  void aBundleToNobodyCanBeRead() {
    assertThat(read(bundle(primary("00", NOBODY, SOURCE, "821903e800"), PAYLOAD)))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void reservedFlagsAreKept() {
    Decoded<Bundle> read =
        read(
            bundle(
                primary("1bfffffffffff80000", DEST, SOURCE, "821903e800"),
                "8518c8021bffffffffffffffe000408501011be000000000000000" + "00426869"));
    assertThat(read)
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> {
              BundleHead head = ((Bundle) valid.value()).head();
              assertThat(head.primary().flags().bits()).isEqualTo(0xfffffffffff80000L);
              assertThat(head.extensions().getFirst().block().header().flags().bits())
                  .isEqualTo(0xffffffffffffffe0L);
              assertThat(head.payload().flags().bits()).isEqualTo(0xe000000000000000L);
            });
  }

  @Test
  void encryptedBlocksAreNotInterpreted() {
    // Block 2 is a bundle age by its type, but a confidentiality block covers it.
    String blocks = "850702000043ffffff" + "850c030000" + "44" + "81020201" + PAYLOAD;
    assertThat(read(bundle(primary("00", DEST, SOURCE, "821903e800"), blocks)))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid ->
                assertThat(((Bundle) valid.value()).head().extensions().getFirst().block())
                    .isInstanceOf(CanonicalBlock.Unknown.class));
  }

  @Test
  void ourTrafficClassAndIonsAreUnderstoodAndForeignDataUnderThoseTypesAreKept() {
    String ours = "8518e0020000" + "44" + "83020503";
    String ions = "8518c1030000" + "46" + "84010218ff07";
    String foreign = "8518e0040000416a" + "8518c1050000428001";
    Decoded<Bundle> read =
        read(bundle(primary("00", DEST, SOURCE, "821903e800"), ours + ions + foreign + PAYLOAD));
    assertThat(read)
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> {
              List<BundleHead.Extension> blocks = ((Bundle) valid.value()).head().extensions();
              assertThat(blocks.get(0).block())
                  .isEqualTo(
                      new CanonicalBlock.Traffic(
                          new BlockHeader(2, BlockFlags.NONE, CrcType.NONE),
                          224,
                          TrafficClass.EXPEDITED,
                          5,
                          true,
                          true));
              assertThat(blocks.get(1).block())
                  .isEqualTo(
                      new CanonicalBlock.Traffic(
                          new BlockHeader(3, BlockFlags.NONE, CrcType.NONE),
                          193,
                          TrafficClass.EXPEDITED,
                          255,
                          true,
                          false));
              assertThat(blocks.get(2).block()).isInstanceOf(CanonicalBlock.Unknown.class);
              assertThat(blocks.get(3).block()).isInstanceOf(CanonicalBlock.Unknown.class);
            });
  }

  @Test
  void aPrimaryBlockWithoutCrcNeedsAnIntegrityBlockOverIt() {
    Octets primary = Octets.ofHex("880700" + "00" + DEST + SOURCE + NOBODY + "821903e800" + "0a");
    Octets bare = bundle(primary, PAYLOAD);
    assertThat(read(bare)).isInstanceOf(Decoded.Invalid.class);
    assertThat(BundleReader.read(bare, ReadOptions.lenient(EnumSet.of(Leniency.PRIMARY_INTEGRITY))))
        .isInstanceOf(Decoded.Valid.class);
    assertThat(read(bundle(primary, "850b02000043820100" + PAYLOAD)))
        .isInstanceOf(Decoded.Valid.class);
    assertThat(read(bundle(primary, "850b020000428101" + PAYLOAD)))
        .isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void widerIntegersAndDefiniteArraysPassOnlyByName() {
    Octets primary = primary("1800", DEST, SOURCE, "821903e800");
    Octets wide = bundle(primary, PAYLOAD);
    assertThat(read(wide)).isInstanceOf(Decoded.Invalid.class);
    assertThat(BundleReader.read(wide, ReadOptions.lenient(EnumSet.of(Leniency.INTEGER_WIDTH))))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> assertThat(((Bundle) valid.value()).encoded()).isEqualTo(wide));

    Octets good = bundle(primary("00", DEST, SOURCE, "821903e800"), PAYLOAD);
    Octets definite = Octets.concat(List.of(Octets.ofHex("82"), good.slice(1, good.size() - 1)));
    assertThat(read(definite)).isInstanceOf(Decoded.Invalid.class);
    assertThat(
            BundleReader.read(definite, ReadOptions.lenient(EnumSet.of(Leniency.DEFINITE_ARRAY))))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> assertThat(((Bundle) valid.value()).encoded()).isEqualTo(good));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void everyCutAndEveryMutationEndsInAValue(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    RandomGenerator random = bundles.random();
    int invalid = 0;
    for (int i = 0; i < 20_000; i++) {
      Octets bytes = Mutation.of(bundles.next(random.nextInt(20)).encoded(), random);
      if (random.nextBoolean()) {
        bytes = Mutation.of(bytes, random);
      }
      if (BundleReader.read(bytes, ReadOptions.STORED) instanceof Decoded.Invalid<Bundle> bad) {
        invalid++;
        assertThat(bad.fault().offset())
            .as("seed " + seed + ", " + bytes.hex() + " " + bad)
            .isBetween(0L, (long) bytes.size());
      }
    }
    assertThat(invalid).isGreaterThan(5_000);
  }

  private static Decoded<Bundle> read(Octets bytes) {
    return BundleReader.read(bytes, ReadOptions.STRICT);
  }

  /** A primary block with a right CRC-16. */
  private static Octets primary(String flags, String destination, String source, String created) {
    CborWriter writer = new CborWriter(64);
    writer.array(9).unsigned(7).item(Octets.ofHex(flags)).unsigned(1);
    writer.item(Octets.ofHex(destination)).item(Octets.ofHex(source)).item(Octets.ofHex(NOBODY));
    return writer.item(Octets.ofHex(created)).unsigned(10).crc(0, Crc.x25()).end().finish();
  }

  private static Octets bundle(Octets primary, String blocks) {
    return Octets.concat(
        List.of(Octets.ofHex("9f"), primary, Octets.ofHex(blocks), Octets.ofHex("ff")));
  }
}
