package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.keys.KeyStatement;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What says something in another form than we would, or something that cannot be, is refused. */
final class MessageFormTest {
  private static final String A = "0a".repeat(8);
  private static final String B = "0b".repeat(8);
  private static final String HEAD = "01".repeat(8);
  private static final String NO_HEAD = "00".repeat(8);
  private static final String AGE = "0000";

  private static CborReader hex(String hex) {
    return new CborReader(Octets.ofHex(hex)).in("here");
  }

  private static Octets cbor(Consumer<CborWriter> write) {
    var to = new CborWriter(64);
    write.accept(to);
    return to.finish();
  }

  private static void refused(Runnable read, String reason) {
    assertThatThrownBy(read::run)
        .isInstanceOf(WireException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("offset ");
  }

  private static FrontierForm.Names frontier(String streams) {
    return frontier(streams, SyncLimits.DEFAULT);
  }

  private static FrontierForm.Names frontier(String streams, SyncLimits limits) {
    Octets item = cbor(to -> to.array(2).bytes(Region.hash(1)).bytes(Octets.ofHex(streams)).end());
    return FrontierForm.read(new CborReader(item), 8, limits);
  }

  @Test
  void frontiers() {
    assertThat(frontier("00" + "00").streams()).isEmpty();
    assertThat(frontier("02" + A + HEAD + B + HEAD + "0501" + AGE + AGE + "00").streams())
        .hasSize(2);
    refused(() -> frontier("02" + B + HEAD + A + HEAD + "0501" + AGE + AGE + "00"), "in the order");
    refused(() -> frontier("02" + A + HEAD + A + HEAD + "0501" + AGE + AGE + "00"), "in the order");
    refused(() -> frontier("01" + A + HEAD + "00" + AGE + "00"), "no number is covered");
    assertThat(frontier("01" + A + NO_HEAD + "00" + AGE + "00").streams()).hasSize(1);
    refused(() -> frontier("01" + A + HEAD + "8500" + AGE + "00"), "longer than its value needs");
    refused(() -> frontier("01" + A + HEAD + "05" + AGE + "00" + "00"), "follow the last item");
    refused(() -> frontier("01" + A + HEAD + "05" + AGE), "ends here");
    refused(() -> frontier("01" + A + HEAD + "ffffffffffffffff7f" + AGE + "00"), "at most");
  }

  @Test
  void exceptionsOfFrontiers() {
    String one = "01" + A + HEAD + "05" + AGE;
    assertThat(frontier(one + "01" + "00" + "01" + "0003").streams().get(Octets.ofHex(A)).heard())
        .hasToString("[1-4]");
    assertThat(frontier(one + "01" + "00" + "00").streams().get(Octets.ofHex(A)).heard()).isEmpty();
    refused(() -> frontier(one + "01" + "00" + "01" + "0004"), "needs not be said");
    refused(
        () -> frontier("01" + A + NO_HEAD + "00" + AGE + "01" + "00" + "00"), "needs not be said");
    refused(() -> frontier(one + "01" + "01" + "01" + "0003"), "the place of a stream is 1");
    refused(() -> frontier(one + "02"), "at most");
    refused(() -> frontier("00" + "01"), "at most");
    String two = "02" + A + HEAD + B + HEAD + "0505" + AGE + AGE;
    refused(() -> frontier(two + "02" + "01" + "00" + "00" + "00"), "there are 2 streams");
    String both = two + "02" + "00" + "01" + "0000" + "00" + "02" + "00000000";
    var three = new SyncLimits(9_999, 9, 3, 9, 9, 9, 9, 9, BlockLimits.DEFAULT);
    var fewer = new SyncLimits(9_999, 9, 2, 9, 9, 9, 9, 9, BlockLimits.DEFAULT);
    assertThat(frontier(both, three).streams()).hasSize(2);
    refused(() -> frontier(both, fewer), "the count of intervals is 2, 1 at most");
    String most = "ffffffffffffffff7f";
    refused(() -> frontier(one + "01" + "00" + "01" + most + "00"), "a gap is");
    refused(() -> frontier(one + "01" + "00" + "01" + "00" + most), "the length of an interval is");
    String lastButOne = "fdffffffffffffff7f";
    refused(() -> frontier(one + "01" + "00" + "02" + "00" + lastButOne + "0000"), "no number");
  }

  /** Nothing is made for a count before the bytes for it are there. */
  @Test
  void countsWithoutBytes() {
    refused(() -> frontier("808001" + A), "too few bytes follow");
    refused(() -> frontier("01" + A + HEAD + "05" + AGE + "01" + "00" + "808004"), "too few bytes");
    refused(
        () -> cells(100, "84" + "00" + "00" + "01" + "1a000fffff" + "40"), "1048575 cells in 0");
    refused(() -> message("84" + "01" + "01" + clazz() + "9a7fffffff"), "ends here");
    refused(() -> message("84" + "01" + "01" + clazz() + "9affffffff"), "beyond all reason");
    refused(
        () -> message("84" + "01" + "0a" + clazz() + "993fff" + "00".repeat(16_383)), "at most");
    refused(() -> request("9903e8" + "00".repeat(1_000)), "too few bytes");
  }

  private static void message(String hex) {
    if (SyncCodec.decode(Octets.ofHex(hex), SyncLimits.DEFAULT)
        instanceof Parsed.Bad<Received> bad) {
      throw new WireException(bad.offset(), bad.section(), bad.reason());
    }
  }

  private static String clazz() {
    return "48" + Region.CLASS_ID.name().hex();
  }

  @Test
  void envelopes() {
    String rest = clazz() + "80";
    refused(() -> message("84" + "02" + "01" + rest), "a message of version 2");
    refused(() -> message("84" + "01" + "00" + rest), "no message of kind 0");
    refused(() -> message("84" + "01" + "07" + rest), "no message of kind 7");
    refused(() -> message("84" + "01" + "02" + rest), "a FRONTIER of 4 items");
    refused(() -> message("88" + "01" + "01" + rest + "00".repeat(9)), "a DELTA of 8 items");
    refused(() -> message("85" + "01" + "01" + rest + "00"), "a DELTA of 5 items");
    refused(() -> message("9804" + "01" + "01" + rest), "wider");
    refused(() -> message("84" + "1801" + "01" + rest), "wider");
    refused(() -> message("9f" + "01" + "01" + rest + "ff"), "indefinite");
    refused(() -> message("84" + "01" + "01" + rest), "no blocks");
    refused(() -> message("84" + "01" + "0a" + rest), "no statements");
    refused(() -> message("84" + "01" + "01" + "4700112233445566" + "80"), "of 8 bytes is due");
    String region = "50" + "22".repeat(16);
    refused(() -> message("88" + "01" + "02" + clazz() + region + "1a00010000"), "more than 65535");
  }

  private static Cells cells(long setSize, String hex) {
    return CellsForm.read(hex(hex), setSize, SyncLimits.DEFAULT);
  }

  private static ContentCells contents(long setSize, String hex) {
    CborReader from = hex(hex);
    ContentCells cells = CellsForm.readContents(from, setSize, SyncLimits.DEFAULT);
    from.expectEnd();
    return cells;
  }

  @Test
  void cellsWithContent() {
    String cell = "11".repeat(256) + "22".repeat(8);
    String one = "84" + "00" + "00" + "01" + "01" + "590109" + cell;
    assertThat(contents(9, one + "00").count(0)).isEqualTo(9);
    assertThat(contents(9, one + "00").check(0)).isEqualTo(0x2222222222222222L);
    refused(() -> contents(9, one + "02"), "10 items of 9");
    refused(() -> contents(0, one + "01"), "-1 items of 0");
    refused(() -> contents(9, "84" + "00" + "00" + "01" + "00" + "40"), "no cells");
    refused(
        () -> contents(9, "84" + "00" + "00" + "01" + "01" + "590108" + cell),
        "1 cells in 264 bytes");
    refused(
        () -> contents(9, "84" + "00" + "00" + "01" + "01" + "59010a" + cell + "0000"), "follow");
    refused(() -> contents(9, "84" + "00" + "00" + "01" + "19ffff" + "40"), "65535 cells in 0");
    refused(
        () -> contents(9, "84" + "00" + "19ffff" + "01" + "02" + "40"),
        "a sketch of 65537 cells, 65536 at most");
  }

  @Test
  void sketches() {
    String cell = "00".repeat(12);
    assertThat(cells(9, "84" + "00" + "00" + "01" + "01" + "4d" + cell + "00").count(0))
        .isEqualTo(9);
    refused(() -> cells(9, "84" + "00" + "00" + "01" + "01" + "4d" + cell + "02"), "10 items of 9");
    refused(() -> cells(0, "84" + "00" + "00" + "01" + "01" + "4d" + cell + "01"), "-1 items of 0");
    refused(() -> cells(9, "84" + "00" + "00" + "01" + "00" + "40"), "no cells");
    refused(() -> cells(9, "84" + "00" + "00" + "00" + "01" + "4d" + cell + "00"), "no cells");
    refused(() -> cells(9, "84" + "02" + "00" + "01" + "01" + "4d" + cell + "00"), "more than 1");
    refused(
        () ->
            cells(9, "84" + "00" + "1a000fffff" + "01" + "02" + "581a" + cell + "00" + cell + "00"),
        "a sketch of 1048577 cells");
    refused(() -> cells(9, "84" + "00" + "00" + "01" + "01" + "4e" + cell + "0000"), "follow");
    refused(() -> cells(9, "84" + "00" + "00" + "01" + "01" + "4c" + cell), "1 cells in 12 bytes");
    refused(
        () -> cells(9, "84" + "00" + "00" + "01" + "01" + "4f" + cell + "ff8000"),
        "longer than its value needs");
  }

  @Test
  void countsOfCells() {
    int size = Integer.MAX_VALUE;
    int[] counts = new int[40];
    for (int i = 0; i < counts.length; i++) {
      long expected = CellsForm.expected(size, 1 + i);
      int stray = 1 << i / 2;
      counts[i] = (int) expected + (i % 2 == 0 ? stray : -stray) + i % 3;
    }
    counts[0] = 0;
    counts[39] = size;
    for (int edge : new int[] {119, 120, 121, 2_039, 2_040, 2_041}) {
      counts[1] = (int) CellsForm.expected(size, 2) + edge;
      counts[2] = (int) CellsForm.expected(size, 3) - edge;
      CellRange range = new CellRange(1, 1, 1, counts.length);
      Cells cells = Cells.of(range, new long[40], new int[40], counts);
      Octets octets = cbor(to -> CellsForm.write(to.array(2), cells, size));
      CborReader from = new CborReader(octets);
      from.array(2);
      assertThat(CellsForm.read(from, size, SyncLimits.DEFAULT)).isEqualTo(cells);
    }
    assertThat(CellsForm.expected(1_000_000, 0)).isEqualTo(1_000_000);
    assertThat(CellsForm.expected(1_000_000, 1)).isEqualTo(666_666);
    assertThat(CellsForm.expected(1_000_000, 1_526)).isEqualTo(1_308);
  }

  private static void request(String blocks) {
    String all = "85" + blocks + "f6" + "f4" + "f5" + "00";
    ClaimForm.read(hex(all), MessageKind.REQUEST, SyncLimits.DEFAULT);
  }

  private static String wanted(String stream, String numbers) {
    return "83" + "50" + stream + stream + numbers;
  }

  @Test
  void requests() {
    request("82" + wanted(A, "0102") + wanted(A, "0404"));
    request("82" + wanted(A, "0409") + wanted(B, "0102"));
    refused(() -> request("82" + wanted(A, "0102") + wanted(A, "0303")), "none touching");
    refused(() -> request("82" + wanted(A, "0404") + wanted(A, "0102")), "in their order");
    refused(() -> request("82" + wanted(B, "0102") + wanted(A, "0404")), "in their order");
    refused(() -> request("81" + wanted(A, "0001")), "no numbers");
    refused(() -> request("81" + wanted(A, "0201")), "no numbers");
    refused(() -> request("81" + wanted(A, "01" + "1b7fffffffffffffff")), "no numbers");
    refused(() -> request("81" + wanted(A, "01" + "1b8000000000000000")), "more than 2^63");
    refused(() -> named("48" + A + "41"), "is due");
    refused(() -> named("40"), "not 1 to 65536 names");
    refused(() -> named("47" + "00".repeat(7)), "not 1 to 65536 names");
    refused(() -> named("50" + B + A), "in their order");
    refused(() -> named("50" + A + A), "each once");
    named("50" + "7f" + "00".repeat(7) + "80" + "00".repeat(7));
  }

  private static void named(String names) {
    String salt = "50" + "00".repeat(SketchKey.SALT_BYTES);
    ClaimForm.read(
        hex("85" + "80" + "82" + salt + names + "f4" + "f4" + "00"),
        MessageKind.REQUEST,
        SyncLimits.DEFAULT);
  }

  private static void snapshot(Consumer<CborWriter> heads, String cover, String awaited) {
    snapshot(heads, cover, awaited, SyncLimits.DEFAULT);
  }

  private static void snapshot(
      Consumer<CborWriter> heads, String cover, String awaited, SyncLimits limits) {
    Octets octets =
        cbor(
            to -> {
              to.array(5).array(2).bytes(Region.hash(1)).bytes(Octets.ofHex("0000")).end();
              heads.accept(to);
              to.item(Octets.ofHex(cover)).array(0).end().item(Octets.ofHex(awaited)).end();
            });
    ClaimForm.read(new CborReader(octets), MessageKind.SNAPSHOT, limits);
  }

  private static final Consumer<CborWriter> NO_HEADS = to -> to.array(0).end();

  private static String leaf(String thing, String path) {
    return "83" + "61" + thing + "61" + path + "00";
  }

  private static final String WHOLE = "84" + "00" + "48" + A + "f6" + "f6";

  @Test
  void covers() {
    snapshot(NO_HEADS, WHOLE, "80");
    String range = "84" + "00" + "48" + A;
    snapshot(NO_HEADS, range + leaf("61", "61") + leaf("61", "62"), "80");
    refused(() -> snapshot(NO_HEADS, range + leaf("61", "61") + leaf("61", "61"), "80"), "ends");
    refused(() -> snapshot(NO_HEADS, "83" + "00" + "48" + A + "f6", "80"), "no cover");
    snapshot(NO_HEADS, "82" + "01" + "80", "80");
    refused(() -> snapshot(NO_HEADS, "82" + "02" + "80", "80"), "more than 1");
    String leaves = "82" + "01" + "82";
    snapshot(NO_HEADS, leaves + leaf("61", "61") + leaf("62", "61"), "80");
    refused(
        () -> snapshot(NO_HEADS, leaves + leaf("62", "61") + leaf("61", "61"), "80"), "in their");
    refused(
        () -> snapshot(NO_HEADS, leaves + leaf("61", "61") + leaf("61", "61"), "80"), "each once");
    refused(
        () -> snapshot(NO_HEADS, "82" + "01" + "81" + "83" + "60" + "6161" + "00", "80"),
        "without a name");
    refused(
        () -> snapshot(NO_HEADS, "82" + "01" + "81" + "83" + "6161" + "6161" + "06", "80"),
        "more than 5");
  }

  private static String awaited(String leaf, String dots) {
    return "84" + leaf.substring(2) + "58%02x".formatted(dots.length() / 2) + dots;
  }

  @Test
  void awaited() {
    String dots = "02" + A + A + "01" + "0000" + B + B + "02" + "0300" + "0001";
    String x = leaf("61", "61");
    snapshot(NO_HEADS, WHOLE, "81" + awaited(x, dots));
    String more = "81" + "84" + x.substring(2);
    refused(() -> snapshot(NO_HEADS, WHOLE, more + "4100"), "nothing is awaited");
    refused(() -> snapshot(NO_HEADS, WHOLE, "81" + awaited(x, dots + "00")), "follow");
    refused(() -> snapshot(NO_HEADS, WHOLE, "82" + awaited(x, dots) + awaited(x, dots)), "each");
    String swapped = "02" + B + B + "01" + "0000" + A + A + "01" + "0000";
    refused(() -> snapshot(NO_HEADS, WHOLE, "81" + awaited(x, swapped)), "in the order");
    for (int replaced : new int[] {2, 3}) {
      BlockLimits blocks = new BlockLimits(1_024, 9, 9, 9, replaced, CrdtLimits.DEFAULT);
      SyncLimits limits = new SyncLimits(9_999, 9, 9, 9, 9, 9, 9, 9, blocks);
      Runnable read = () -> snapshot(NO_HEADS, WHOLE, "81" + awaited(x, dots), limits);
      if (replaced == 2) {
        refused(read, "the count of intervals is 2, 1 at most");
      } else {
        read.run();
      }
    }
    String none = "01" + A + A + "00" + "000000000000";
    refused(() -> snapshot(NO_HEADS, WHOLE, "81" + awaited(x, none)), "without intervals");
  }

  @Test
  void heads() {
    Block a = new Region(1).seal(1);
    Block b = new Region(2).seal(1);
    boolean inOrder = a.header().stream().compareTo(b.header().stream()) < 0;
    List<Block> right = inOrder ? List.of(a, b) : List.of(b, a);
    snapshot(heads(right), WHOLE, "80");
    refused(() -> snapshot(heads(right.reversed()), WHOLE, "80"), "in the order of their streams");
    refused(() -> snapshot(heads(List.of(a, a)), WHOLE, "80"), "in the order of their streams");
    assertThatThrownBy(
            () ->
                new Snapshot(
                    Messages.frontier(new SplittableRandom(1), 0),
                    right.reversed().stream().map(Block::signed).toList(),
                    new Snapshot.Range(Octets.ofHex(A), Optional.empty(), Optional.empty()),
                    List.of(),
                    new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Consumer<CborWriter> heads(List<Block> blocks) {
    return to -> {
      to.array(blocks.size());
      blocks.forEach(block -> to.item(block.signed().encode()));
      to.end();
    };
  }

  @Test
  void statements() {
    Region region = new Region(1);
    String first = "5820" + region.key.verifyKey().octets().hex();
    String signature = "5840" + "00".repeat(64);
    String end = first + signature + "40";
    statement(first + "01" + "00" + "00" + "00" + "01" + end);
    refused(() -> statement(first + "00" + "00" + "00" + "00" + "01" + end), "are not within");
    refused(() -> statement(first + "01" + "00" + "00" + "00" + "00" + end), "are not within");
    refused(() -> statement(first + "01" + "00" + "02" + "01" + "01" + end), "are not within");
    refused(
        () -> statement(first + "01" + "1b8000000000000000" + "00" + "00" + "01" + end),
        "not within");
    refused(
        () -> statement(first + "01" + "00" + "00" + "1a00010000" + "01" + end), "more than 65535");
    String noKey = "5820" + "ff".repeat(32);
    refused(() -> statement(noKey + "01" + "00" + "00" + "00" + "01" + end), "no Ed25519");
    String small = "5820" + "01" + "00".repeat(31); // of order 1: any signature would fit it
    refused(() -> statement(small + "01" + "00" + "00" + "00" + "01" + end), "no Ed25519");
    refused(
        () -> statement(first + "01" + "00" + "00" + "00" + "01" + first + signature + "4100"),
        "a signature of 1 bytes");
    beginning(first + "01" + "00" + signature);
    refused(() -> beginning(first + "00" + "00" + signature), "not within 1");
    refused(() -> beginning(first + "1b8000000000000000" + "00" + signature), "not within 1");
    refused(() -> beginning(first + "01" + "1a00010000" + signature), "more than 65535");
    refused(() -> KeyStatement.read(hex("80"), Region.CLASS_ID), "neither 9 items nor 4");
  }

  private static void statement(String items) {
    KeyStatement.read(hex("89" + items), Region.CLASS_ID);
  }

  private static void beginning(String items) {
    KeyStatement.read(hex("84" + items), Region.CLASS_ID);
  }

  /** The place of a fault within a block counts from the message's beginning. */
  @Test
  void faultsWithinBlocks() {
    Region region = new Region(1);
    Block one = region.seal(2);
    Octets octets =
        SyncCodec.encode(new SelfCertified.Delta(Region.CLASS_ID, List.of(one, region.seal(2))));
    byte[] bytes = octets.toByteArray();
    int at = 13 + one.encode().size() + 2; // behind the heads of the second block and its header
    assertThat(bytes[at]).isEqualTo((byte) 1);
    bytes[at] = 2;
    assertThat(SyncCodec.decode(Octets.wrap(bytes), SyncLimits.DEFAULT))
        .hasToString("offset " + at + ", crdt-sync/docs/0002, header: a block of version 2, not 1");
  }
}
