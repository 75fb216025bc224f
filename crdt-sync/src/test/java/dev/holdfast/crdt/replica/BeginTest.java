package dev.holdfast.crdt.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrMap;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What was written and told nobody is made again in another stream, and nothing of it is left. */
class BeginTest {
  private static final Leaf REGISTER = new Leaf("a", "r", Kind.REGISTER);
  private static final Leaf SET = new Leaf("a", "s", Kind.SET);
  private static final Leaf COUNTER = new Leaf("b", "c", Kind.COUNTER);
  private static final Leaf STOCK = new Leaf("b", "k", Kind.STOCK);
  private static final Leaf BLOB = new Leaf("c", "b", Kind.BLOB);
  private static final Leaf LIST = new Leaf("c", "l", Kind.LIST);
  private static final List<Leaf> LEAVES = List.of(REGISTER, SET, COUNTER, STOCK, BLOB, LIST);

  private final List<Region> regions = Region.several(2);
  private final Region earth = regions.get(0);
  private final Region mars = regions.get(1);

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What people see at a leaf. */
  private static Object shown(Region region, Leaf leaf) {
    DotStore store = region.replica.leaf(leaf);
    return switch (store) {
      case MvRegister it -> new TreeSet<>(it.values());
      case OrSet it -> it.elements();
      case PnCounter it -> it.value();
      case BoundedCounter it -> it.value();
      case Blob it -> new TreeSet<>(it.values().stream().map(Blob.Content::octets).toList());
      case CrdtList it -> it.values();
      case OrMap _ -> throw new AssertionError();
    };
  }

  private static List<Object> shown(Region region) {
    return LEAVES.stream().map(leaf -> shown(region, leaf)).toList();
  }

  private void tell(Region from, Region to) {
    from.seal();
    from.blocksFor(to.replica.telling().frontier(0)).orElseThrow().forEach(to::receive);
  }

  /**
   * Begins a new stream over what is pending; nothing is to be seen of it, nor heard of the numbers
   * that were given up, and what another life tells under them is taken.
   */
  private void begins(Region region, Region otherLife) {
    List<Object> before = shown(region);
    StreamId old = region.stream;
    long sealed = region.replica.chain(old).last();
    long given = sealed + region.replica.unsealed();
    region.begin(9);
    assertEquals(before, shown(region));
    region.open();
    assertEquals(before, shown(region));
    for (long number = sealed + 1; number <= given; number++) {
      assertFalse(region.replica.hasHeard(old.dot(number)));
    }
    List<Block> theirs = otherLife.seal();
    for (Block block : theirs) {
      assertInstanceOf(Receipt.Applied.class, region.receive(block));
    }
    tell(region, mars);
    theirs.forEach(mars::receive);
    assertEquals(region.frontier().root(), mars.frontier().root());
    assertEquals(region.frontier().heard(), mars.frontier().heard());
    assertEquals(shown(region), shown(mars));
    for (var reach : mars.frontier().streams().values()) {
      assertTrue(reach.isWhole(), () -> mars.frontier().toString());
    }
  }

  @Test
  void aRegisterOfBothLivesHoldsBoth() {
    earth.edit(new Edit.Write(REGISTER, text("before")));
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(new Edit.Write(REGISTER, text("x")), new Edit.Write(REGISTER, text("here")));
    other.edit(new Edit.Write(REGISTER, text("there")));
    begins(earth, other);
    assertEquals(new TreeSet<>(List.of(text("here"), text("there"))), shown(mars, REGISTER));
  }

  @Test
  void aDeleteIsMadeAgain() {
    earth.edit(new Edit.Write(REGISTER, text("before")), new Edit.Add(SET, text("e")));
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(new Edit.Clear(REGISTER), new Edit.Remove(SET, text("e")));
    other.edit(new Edit.Upload(BLOB, text("blob")));
    begins(earth, other);
    assertTrue(mars.replica.leaf(REGISTER).isEmpty());
    assertTrue(mars.replica.leaf(SET).isEmpty());
    assertFalse(mars.replica.leaf(BLOB).isEmpty());
  }

  @Test
  void aCounterCountsTheDifferenceOnce() {
    earth.edit(new Edit.Count(COUNTER, 5));
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(new Edit.Count(COUNTER, 2), new Edit.Count(COUNTER, -4));
    other.edit(new Edit.Count(COUNTER, 100));
    begins(earth, other);
    assertEquals(BigInteger.valueOf(103), shown(mars, COUNTER));
  }

  @Test
  void aCounterThatWasSetBackAndCountedOnIsNotCountedOnFromWhatItWas() {
    earth.edit(new Edit.Count(COUNTER, 5));
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(new Edit.Count(COUNTER, 1), new Edit.Clear(COUNTER), new Edit.Count(COUNTER, 7));
    other.edit(new Edit.Count(COUNTER, 4));
    begins(earth, other);
    assertEquals(BigInteger.valueOf(16), shown(mars, COUNTER));
  }

  @Test
  void aRowThatOthersTookAwayMeanwhileDoesNotComeBack() {
    earth.edit(new Edit.Count(COUNTER, 5));
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(new Edit.Count(COUNTER, 1));
    mars.edit(new Edit.Clear(COUNTER));
    mars.seal().forEach(earth::receive);
    assertEquals(BigInteger.valueOf(6), shown(earth, COUNTER));
    other.edit(new Edit.Write(REGISTER, text("x")));
    begins(earth, other);
    assertEquals(BigInteger.valueOf(6), shown(mars, COUNTER));
  }

  @Test
  void whatIsLeftOfAStockIsCountedOnceAndTheRightsStayWhereTheyWere() {
    earth.edit(new Edit.Make(STOCK, 5));
    tell(earth, mars);
    Region other = earth.copy();
    StreamId old = earth.stream;
    earth.edit(
        new Edit.Take(STOCK, 2),
        new Edit.Give(STOCK, mars.stream.name(), 1),
        new Edit.Make(STOCK, 1));
    other.edit(new Edit.Count(COUNTER, 1));
    begins(earth, other);
    BoundedCounter stock = (BoundedCounter) mars.replica.leaf(STOCK);
    assertEquals(BigInteger.valueOf(4), stock.value());
    assertEquals(BigInteger.ONE, stock.rights(mars.stream.name()));
    assertEquals(BigInteger.valueOf(5), stock.rights(old.name()));
    assertInstanceOf(Edited.Refused.class, earth.edit(new Edit.Take(STOCK, 1)));
    assertInstanceOf(Edited.Done.class, earth.edit(new Edit.Make(STOCK, 4)));
    assertInstanceOf(Edited.Done.class, earth.edit(new Edit.Take(STOCK, 2)));
  }

  @Test
  void elementsOfAListKeepTheirPlace() {
    for (String each : List.of("a", "b", "c", "d")) {
      earth.edit(new Edit.Insert(LIST, 0, text(each)));
    }
    tell(earth, mars);
    Region other = earth.copy();
    earth.edit(
        new Edit.Insert(LIST, 4, text("end")),
        new Edit.Insert(LIST, 1, text("2")),
        new Edit.Insert(LIST, 1, text("1")),
        new Edit.Delete(LIST, 4),
        new Edit.Insert(LIST, 0, text("first")),
        new Edit.Insert(LIST, 3, text("3")));
    other.edit(new Edit.Delete(LIST, 0), new Edit.Insert(LIST, 1, text("other")));
    begins(earth, other);
  }

  @Test
  void nothingIsLeftOfAStreamThatToldNothing() {
    Region other = earth.copy();
    earth.edit(new Edit.Write(REGISTER, text("x")));
    StreamId old = earth.stream;
    earth.begin(9);
    assertEquals(List.of(earth.stream), earth.replica.streams());
    assertEquals(earth.stream, earth.replica.own());
    other.edit(new Edit.Write(REGISTER, text("y")));
    Block block = other.seal().getFirst();
    assertEquals(old, block.header().stream());
    assertInstanceOf(Receipt.Applied.class, earth.receive(block));
    assertThrows(IllegalArgumentException.class, () -> earth.replica.begin(earth.stream));
    assertThrows(IllegalArgumentException.class, () -> earth.replica.begin(old));
  }

  @Test
  void whoForgetsBlocksKeepsWhatProvesARowThatMayComeBack() {
    earth.edit(new Edit.Count(COUNTER, 5));
    tell(earth, mars);
    earth.edit(new Edit.Count(COUNTER, 2));
    earth.replica.truncate(earth.stream, Long.MAX_VALUE);
    earth.commit();
    earth.begin(9);
    Region moon = new Region(7, earth.keys, ReplicaLimits.DEFAULT);
    moon.takeState(earth, 2);
    assertEquals(earth.frontier().root(), moon.frontier().root());
    assertEquals(BigInteger.valueOf(7), shown(moon, COUNTER));
  }

  @Test
  void aRowThatIsNotInAnothersStateDoesNotComeBack() {
    earth.edit(new Edit.Count(COUNTER, 5));
    tell(earth, mars);
    mars.edit(new Edit.Clear(COUNTER), new Edit.Write(REGISTER, text("x")));
    earth.edit(new Edit.Count(COUNTER, 1));
    earth.takeState(mars, 1);
    assertEquals(BigInteger.valueOf(6), shown(earth, COUNTER));
    earth.begin(9);
    assertEquals(BigInteger.valueOf(6), shown(earth, COUNTER));
    tell(earth, mars);
    assertEquals(earth.frontier().root(), mars.frontier().root());
  }

  @Test
  void whatNobodyCanHaveHeardOfIsNotTakenAwayByWhatSomebodySaysHeHeard() {
    earth.edit(new Edit.Write(REGISTER, text("before")));
    tell(earth, mars);
    Region other = earth.copy();
    other.edit(new Edit.Upload(BLOB, text("other")), new Edit.Upload(BLOB, text("again")));
    tell(other, mars);
    earth.edit(new Edit.Add(SET, text("mine")));
    earth.takeState(mars, 1);
    assertEquals(List.of(text("mine")), shown(earth, SET));
  }

  @Test
  void theClockGoesOn() {
    earth.edit(new Edit.Write(REGISTER, text("x")));
    earth.seal();
    var clock = earth.replica.chain(earth.stream).head().orElseThrow().header().clock();
    earth.begin(9);
    earth.now = 0;
    earth.edit(new Edit.Write(REGISTER, text("y")));
    var later = earth.seal().getFirst().header().clock();
    assertTrue(later.compareTo(clock) > 0);
  }

  @Test
  void whateverIsPendingIsTheSameAgain() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new SplittableRandom(seed);
      List<Region> some = Region.several(2);
      Region one = some.get(0);
      Region two = some.get(1);
      for (int round = random.nextInt(4); round >= 0; round--) {
        edit(random, one, two.stream);
        edit(random, two, one.stream);
        one.seal();
        two.blocksFor(one.frontier()).orElseThrow().forEach(one::receive);
        one.blocksFor(two.frontier()).orElseThrow().forEach(two::receive);
      }
      Region other = one.copy();
      if (random.nextBoolean()) {
        edit(random, one, two.stream);
        other = random.nextBoolean() ? one.copy() : other;
      }
      edit(random, two, one.stream);
      if (random.nextBoolean()) {
        two.blocksFor(one.replica.telling().frontier(0)).orElseThrow().forEach(one::receive);
      }
      edit(random, one, two.stream);
      List<Object> before = shown(one);
      one.begin(1 + random.nextInt(1_000));
      assertEquals(before, shown(one), "seed " + seed);
      edit(random, other, two.stream);
      List<Block> theirs = other.seal();
      theirs.forEach(one::receive);
      theirs.forEach(two::receive);
      two.blocksFor(one.frontier()).orElseThrow().forEach(one::receive);
      one.blocksFor(two.frontier()).orElseThrow().forEach(two::receive);
      assertEquals(one.frontier().root(), two.frontier().root(), "seed " + seed);
      assertEquals(one.frontier().heard(), two.frontier().heard(), "seed " + seed);
      assertEquals(shown(one), shown(two), "seed " + seed);
      one.open();
      assertEquals(two.frontier().root(), one.frontier().root(), "seed " + seed);
    }
  }

  private static void edit(SplittableRandom random, Region region, StreamId other) {
    for (int i = random.nextInt(6); i > 0; i--) {
      Octets value = Octets.wrap(new byte[] {(byte) random.nextInt(5)});
      int size = ((CrdtList) region.replica.leaf(LIST)).size();
      List<Edit> edits = new ArrayList<>();
      edits.add(
          switch (random.nextInt(14)) {
            case 0 -> new Edit.Clear(REGISTER);
            case 1, 2 -> new Edit.Write(REGISTER, value);
            case 3 -> new Edit.Add(SET, value);
            case 4 -> new Edit.Remove(SET, value);
            case 5, 6 -> new Edit.Count(COUNTER, random.nextInt(9) - 4);
            case 7 -> new Edit.Clear(COUNTER);
            case 8 -> new Edit.Make(STOCK, 1 + random.nextInt(4));
            case 9 -> new Edit.Take(STOCK, 1);
            case 10 -> new Edit.Give(STOCK, other.name(), 1);
            case 11 -> new Edit.Upload(BLOB, value);
            case 12 ->
                size == 0
                    ? new Edit.Insert(LIST, 0, value)
                    : new Edit.Delete(LIST, random.nextInt(size));
            default -> new Edit.Insert(LIST, random.nextInt(size + 1), value);
          });
      region.edit(edits.toArray(Edit[]::new));
    }
  }
}
