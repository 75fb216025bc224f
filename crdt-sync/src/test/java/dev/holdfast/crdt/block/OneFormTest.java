package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What says something in another form than we would, or something that cannot be, is refused. */
final class OneFormTest {
  private static final StreamId STREAM = new Origin(1, "open").stream;
  private static final StreamId OTHER = new Origin(2, "open").stream;

  private static void refused(Runnable read, String reason) {
    assertThatThrownBy(read::run)
        .isInstanceOf(WireException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("offset ");
  }

  private static CborReader hex(String hex) {
    return new CborReader(Octets.ofHex(hex));
  }

  @Test
  void numbers() {
    assertThat(Numbers.read(hex("8001"))).isEqualTo(128);
    assertThat(Numbers.read(hex("ffffffffffffffff7f"))).isEqualTo(Long.MAX_VALUE);
    refused(() -> Numbers.read(hex("8000")), "longer than its value needs");
    refused(() -> Numbers.read(hex("ffffffffffffffffff01")), "more than 63 bits");
    refused(() -> Numbers.read(hex("80")), "ends here");
    refused(() -> Numbers.read(hex("05"), 4, "it"), "it is 5, 4 at most");
  }

  @Test
  void texts() {
    assertThat(Texts.read(hex("02" + "000461" + "62" + "010263"), 9, 9))
        .containsExactly(Octets.ofHex("6162"), Octets.ofHex("6163"));
    refused(() -> Texts.read(hex("02" + "00046162" + "00046163"), 9, 9), "shared");
    refused(() -> Texts.read(hex("02" + "0004617a" + "00036201"), 9, 9), "offset");
    refused(() -> Texts.read(hex("02" + "000261" + "01030000"), 9, 9), "offset");
    refused(() -> Texts.read(hex("02" + "000262" + "000261"), 9, 9), "in their order");
    refused(() -> Texts.read(hex("01" + "00046162"), 9, 1), "more than 1 bytes");
    refused(() -> Texts.read(hex("02"), 1, 9), "at most");
  }

  @Test
  void actors() {
    Octets twice = Octets.concat(List.of(OTHER.name(), OTHER.name()));
    for (Octets names : List.of(twice, STREAM.name())) {
      Octets item = new CborWriter(64).bytes(names).finish();
      refused(() -> ActorTable.read(new CborReader(item), STREAM), "in the order");
    }
    refused(() -> ActorTable.read(hex("4101"), STREAM), "not whole names");
    var table = ActorTable.read(new CborReader(names()), STREAM);
    assertThat(table.allUsed()).isFalse();
    assertThat(table.actor(1)).isEqualTo(OTHER.name());
    assertThat(table.allUsed()).isTrue();
  }

  private static Octets names() {
    return new CborWriter(64).bytes(OTHER.name()).finish();
  }

  /** In a block from 11 to 20. */
  private static List<Operation> read(Operation operation, boolean nameOther) {
    Header header =
        new Header(
            STREAM,
            new Interval(11, 20),
            Origin.secret(1),
            0,
            new Hlc(100, 0),
            new Header.Tree(1, Origin.secret(2)));
    var writer = new CborWriter(256);
    Columns.write(writer, header, List.of(operation));
    Octets item = writer.finish();
    if (nameOther) {
      CborReader from = new CborReader(item);
      from.array(4);
      Octets texts = from.bytes();
      from.bytes();
      var more = new CborWriter(256).array(4).bytes(texts).bytes(OTHER.name());
      item = more.bytes(from.bytes()).item(from.item(4)).end().finish();
    }
    return ColumnReader.read(new CborReader(item), header, 1, BlockLimits.DEFAULT);
  }

  private static Operation operation(long sequence, long millis, CausalContext replaced) {
    Dot dot = STREAM.dot(sequence);
    Leaf leaf = new Leaf("t", "p", Kind.REGISTER);
    return new Operation(dot, leaf, new Hlc(millis, 0), MvRegister.EMPTY, replaced);
  }

  @Test
  void operations() {
    CausalContext before = CausalContext.EMPTY.add(STREAM.dot(10));
    Operation fine = operation(15, 100, before);
    assertThat(read(fine, false)).containsExactly(fine);
    refused(() -> read(fine, true), "a writer is named of whom nothing is said");
    CausalContext within = CausalContext.EMPTY.add(STREAM.dot(11));
    refused(() -> read(operation(15, 100, within), false), "not before this block");
    CausalContext both = within.add(OTHER.dot(3));
    refused(() -> read(operation(15, 100, both), false), "not before this block");
    refused(() -> read(operation(21, 100, before), false), "a gap is");
  }

  @Test
  void replaced() {
    CborWriter writer = new CborWriter(256);
    writer.array(4).bytes(Octets.ofHex("01000274" + "0100047000")).bytes(OTHER.name());
    // Run from 11, thing, path, clock, then in full: one writer, number 1, two that touch.
    writer.bytes(
        Octets.ofHex("0001" + "00" + "00" + "0000" + "01" + "01" + "0102" + "0000" + "0000"));
    Octets item = writer.array(1).nil().end().end().finish();
    Header header =
        new Header(
            STREAM,
            new Interval(11, 20),
            Origin.secret(1),
            0,
            Hlc.ZERO,
            new Header.Tree(1, Origin.secret(2)));
    refused(() -> ColumnReader.read(new CborReader(item), header, 1, BlockLimits.DEFAULT), "touch");
  }

  @Test
  void contents() {
    content(Kind.STOCK, "f6", "cannot be removed");
    content(Kind.STOCK, "83" + "05" + "00" + "82" + item(STREAM) + "01", "not to itself");
    content(Kind.STOCK, "83" + "05" + "00" + "82" + item(OTHER) + "00", "not within 1");
    content(Kind.STOCK, "83" + "05" + "00" + "81" + "00", "not two for each");
    String twice = item(OTHER) + "01";
    content(Kind.STOCK, "83" + "05" + "00" + "84" + twice + twice, "each once");
    content(Kind.COUNTER, "82" + "1bffffffffffffffff" + "00", "not within 0");
    content(Kind.LIST, "83" + "80" + "05" + "4100", "before the first write");
    content(Kind.LIST, "83" + "80" + "24" + "4100", "before the first write");
    content(Kind.LIST, "83" + "81" + "00", "not four for each");
    content(Kind.LIST, "83" + "84" + item(OTHER) + "0000" + "02" + "00" + "4100", "not within 1");
    content(
        Kind.LIST, "83" + "84" + item(OTHER) + "01" + "1b7fffffffffffffff", "there is no index");
    content(Kind.REGISTER, "01", "is due");
    content(Kind.SET, "5801" + "00", "wider");
  }

  private static void content(Kind kind, String octets, String reason) {
    ContentCodec codec = ContentCodec.plain(CrdtLimits.DEFAULT);
    refused(() -> codec.read(hex(octets), kind, STREAM.dot(5), Hlc.ZERO), reason);
  }

  private static String item(StreamId name) {
    return "50" + name.name().hex();
  }

  @Test
  void theWayOfTheElementBeforeIsNotSaidAgain() {
    var table = new ActorTable(STREAM, new TreeSet<>());
    var codec = ContentCodec.compact(table::write, table::read, CrdtLimits.DEFAULT);
    refused(() -> codec.read(hex("83" + "80"), Kind.LIST, STREAM.dot(5), Hlc.ZERO), "again");
  }

  @Test
  void clocks() {
    Header header =
        new Header(
            STREAM,
            new Interval(11, 20),
            Origin.secret(1),
            0,
            new Hlc(100, 0),
            new Header.Tree(2, Origin.secret(2)));
    CausalContext before = CausalContext.EMPTY.add(STREAM.dot(10));
    List<Operation> second = List.of(operation(11, 90, before), operation(12, 101, before));
    refused(() -> read(header, second), "later than the header's clock");
    Operation counted =
        new Operation(
            STREAM.dot(12),
            new Leaf("t", "p", Kind.REGISTER),
            new Hlc(100, 5),
            MvRegister.EMPTY,
            before);
    refused(
        () -> read(header, List.of(operation(11, 90, before), counted)),
        "later than the header's clock");
  }

  private static void read(Header header, List<Operation> operations) {
    var writer = new CborWriter(256);
    Columns.write(writer, header, operations);
    var from = new CborReader(writer.finish());
    ColumnReader.read(from, header, operations.size(), BlockLimits.DEFAULT);
  }

  @Test
  void openings() {
    String salts = "5820" + "00".repeat(32);
    assertThat(Opening.read(hex("84" + "01" + "420002" + salts + salts), 3).shown(3).cardinality())
        .isEqualTo(2);
    refused(() -> Opening.read(hex("84" + "01" + "420002" + salts + "40"), 2), "everything");
    refused(() -> Opening.read(hex("84" + "01" + "4400010001" + salts + "40"), 3), "a run of 1");
    refused(
        () -> Opening.read(hex("84" + "01" + "420002" + salts + "4100"), 3), "the 1 hashes needed");
    refused(() -> Opening.read(hex("84" + "01" + "420002" + salts + "40"), 3), "hashes needed");
    refused(() -> Opening.read(hex("84" + "01" + "420003" + salts + "40"), 2), "at most");
    refused(() -> Opening.read(hex("82" + "01" + "00"), 2), "neither");
  }

  @Test
  void headers() {
    String zeros = "5820" + "00".repeat(32);
    String other = "5820" + "01".repeat(32);
    String end = "00" + "00" + "00" + other;
    String begin = "8901" + item(STREAM);
    assertThat(Header.read(hex(begin + "0100" + zeros + end)).covers().first()).isEqualTo(1);
    refused(() -> Header.read(hex(begin + "0100" + other + end)), "follows on zeros");
    refused(() -> Header.read(hex(begin + "0200" + zeros + end)), "follows on zeros");
    refused(() -> Header.read(hex(begin + "0000" + zeros + end)), "are not within");
    String most = "1b7fffffffffffffff";
    refused(() -> Header.read(hex(begin + "01" + most + zeros + end)), "are not within");
    refused(
        () -> Header.read(hex(begin + "0100" + zeros + "00" + "00" + "02" + other)),
        "2 operations have not each a number");
    refused(() -> Header.read(hex("8902" + item(STREAM))), "version 2");
  }
}
