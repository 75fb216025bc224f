package dev.holdfast.crdt.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Pending;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private static final Leaf TEMPERATURE = new Leaf("org.acme:pump", "temperature", Kind.REGISTER);
  private static final Leaf PRESSURE = new Leaf("org.acme:pump", "pressure", Kind.REGISTER);

  private final List<Region> regions = Region.several(3);
  private final Region earth = regions.get(0);
  private final Region mars = regions.get(1);
  private final Region moon = regions.get(2);

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Octets> values(Region region, Leaf leaf) {
    return ((MvRegister) region.replica.leaf(leaf)).values();
  }

  @Test
  void aWriteArrivesByABlock() {
    earth.edit(new Edit.Write(TEMPERATURE, text("21")));
    for (Block block : earth.seal()) {
      assertInstanceOf(Receipt.Applied.class, mars.receive(block));
      assertInstanceOf(Receipt.Known.class, mars.receive(block));
    }
    assertEquals(List.of(text("21")), values(mars, TEMPERATURE));
    assertEquals(earth.frontier().root(), mars.frontier().root());
    assertEquals(earth.frontier().heard(), mars.frontier().heard());
  }

  @Test
  void blocksWaitForThoseBefore() {
    earth.edit(new Edit.Write(TEMPERATURE, text("21")));
    Block first = earth.seal().getFirst();
    earth.edit(new Edit.Write(TEMPERATURE, text("22")));
    Block second = earth.seal().getFirst();
    assertInstanceOf(Receipt.Early.class, mars.receive(second));
    assertEquals(List.of(), values(mars, TEMPERATURE));
    mars.open();
    assertInstanceOf(Receipt.Applied.class, mars.receive(first));
    assertEquals(List.of(text("22")), values(mars, TEMPERATURE));
    assertEquals(earth.frontier().root(), mars.frontier().root());
  }

  @Test
  void whatIsReplacedBeforeItComesDoesNotComeBack() {
    earth.edit(new Edit.Write(TEMPERATURE, text("21")));
    Block old = earth.seal().getFirst();
    mars.receive(old);
    mars.edit(new Edit.Write(TEMPERATURE, text("22")));
    moon.receive(mars.seal().getFirst());
    assertEquals(List.of(text("22")), values(moon, TEMPERATURE));
    moon.receive(old);
    assertEquals(List.of(text("22")), values(moon, TEMPERATURE));
    assertEquals(mars.frontier().root(), moon.frontier().root());
    assertTrue(
        moon.store.records().keySet().stream()
            .noneMatch(
                key -> key.unsigned(0) == Layout.AWAITED || key.unsigned(0) == Layout.AWAITING));
  }

  @Test
  void whoReplacesAWriteWhereItIsNotTakesNothingAway() {
    earth.edit(new Edit.Write(PRESSURE, text("3")));
    moon.receive(earth.seal().getFirst());
    Pending pending = new Pending(mars.stream, 1, Hlc.ZERO);
    CausalContext elsewhere = CausalContext.EMPTY.add(earth.stream.dot(1));
    pending.add(
        new Operation(
            mars.stream.dot(1), TEMPERATURE, new Hlc(mars.now, 0), MvRegister.EMPTY, elsewhere));
    Block block =
        mars.sealer.seal(Chain.of(mars.stream), pending.drain(9, 9_999).getFirst()).block();
    assertInstanceOf(Receipt.Applied.class, moon.receive(block));
    assertEquals(List.of(text("3")), values(moon, PRESSURE));
    assertEquals(earth.frontier().root(), moon.frontier().root());
  }

  @Test
  void aStateTakenOverKnowsWhatWasDeleted() {
    earth.edit(new Edit.Write(TEMPERATURE, text("21")), new Edit.Write(PRESSURE, text("3")));
    Block old = earth.seal().getFirst();
    moon.receive(old);
    mars.receive(old);
    earth.edit(new Edit.Clear(PRESSURE));
    earth.seal();
    earth.replica.truncate(earth.stream, Long.MAX_VALUE);
    earth.commit();
    assertTrue(earth.blocksFor(moon.frontier()).isEmpty());
    moon.takeState(earth, 1);
    assertEquals(List.of(), values(moon, PRESSURE));
    assertEquals(earth.frontier(), moon.frontier());
    assertEquals(List.of(text("3")), values(mars, PRESSURE));
    assertInstanceOf(Compared.Whole.class, mars.compare(earth, 50));
    assertEquals(earth.frontier(), mars.frontier());
    earth.edit(new Edit.Write(PRESSURE, text("4")));
    Block next = earth.seal().getFirst();
    assertInstanceOf(Receipt.Applied.class, mars.receive(next));
    assertInstanceOf(Receipt.Applied.class, moon.receive(next));
    assertEquals(earth.frontier(), mars.frontier());
  }

  @Test
  void whatIsGoneInAPartThatIsInDoesNotComeBackByABlock() {
    Leaf zone = new Leaf("org.acme:pump", "zone", Kind.REGISTER);
    earth.edit(
        new Edit.Write(TEMPERATURE, text("21")),
        new Edit.Write(PRESSURE, text("3")),
        new Edit.Write(zone, text("north")));
    Block old = earth.seal().getFirst();
    earth.edit(new Edit.Clear(PRESSURE));
    Frontier frontier = earth.frontier();
    StatePart first = earth.replica.telling().range(frontier, Optional.empty(), 1);
    assertTrue(((Cover.Range) first.cover()).to().isPresent());
    moon.take(earth.nextState(), first, List.of());
    assertInstanceOf(Receipt.Applied.class, moon.receive(old));
    assertEquals(List.of(), values(moon, PRESSURE));
    assertEquals(List.of(text("north")), values(moon, zone));
  }

  /**
   * Found by a store that was set back: what its lost life deleted was known to one region only.
   */
  @Test
  void whatIsKnownToBeGoneIsNotWaitedForWhereStatesAreCompared() {
    earth.edit(new Edit.Write(TEMPERATURE, text("21")));
    Block written = earth.seal().getFirst();
    mars.receive(written);
    moon.receive(written);
    earth.edit(new Edit.Clear(TEMPERATURE));
    mars.receive(earth.seal().getFirst());
    moon.edit(new Edit.Write(PRESSURE, text("3")));
    assertInstanceOf(Compared.Whole.class, mars.compare(moon, 50));
    StatePart asked =
        moon.replica.telling().leaves(moon.frontier(), List.of(PRESSURE, TEMPERATURE));
    mars.take(moon.nextState(), asked, List.of());
    assertEquals(List.of(text("3")), values(mars, PRESSURE));
    assertEquals(List.of(), values(mars, TEMPERATURE));
    assertEquals(1, mars.replica.chain(moon.stream).last());
  }

  @Test
  void refusedEditsChangeNothing() {
    Leaf stock = new Leaf("org.acme:depot", "water", Kind.STOCK);
    earth.edit(new Edit.Make(stock, 5));
    Frontier before = earth.frontier();
    Edited edited = earth.edit(new Edit.Write(TEMPERATURE, text("21")), new Edit.Take(stock, 6));
    assertEquals(new Edited.Refused(1, "this region holds 5 of it, not 6"), edited);
    assertEquals(before.root(), earth.frontier().root());
    assertInstanceOf(
        Edited.Refused.class,
        earth.edit(new Edit.Write(TEMPERATURE, Octets.wrap(new byte[70_000]))));
    assertInstanceOf(Edited.Refused.class, earth.edit(new Edit.Count(TEMPERATURE, 1)));
    assertEquals(before, earth.frontier());
  }
}
