package dev.holdfast.crdt.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Leaf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lives of one store write under the same numbers; each has told another region. */
class ForkTest {
  private static final Leaf TEMPERATURE = new Leaf("org.acme:pump", "temperature", Kind.REGISTER);
  private static final Leaf PRESSURE = new Leaf("org.acme:pump", "pressure", Kind.REGISTER);
  private static final Leaf ZONE = new Leaf("org.acme:pump", "zone", Kind.REGISTER);

  private final List<Region> regions = Region.several(4);
  private final Region one = regions.get(0);
  private final Region earth = regions.get(1);
  private final Region mars = regions.get(2);
  private final Region moon = regions.get(3);
  private Region other = one;

  @BeforeEach
  void fork() {
    other = one.copy();
    one.edit(new Edit.Write(TEMPERATURE, text("21")));
    one.seal();
    one.edit(new Edit.Write(ZONE, text("north")));
    one.seal();
    other.edit(new Edit.Write(PRESSURE, text("3")), new Edit.Write(ZONE, text("south")));
    other.seal();
    earth.edit(new Edit.Write(new Leaf("org.acme:tank", "level", Kind.REGISTER), text("7")));
    blocks(one).forEach(earth::receive);
    blocks(other).forEach(mars::receive);
  }

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Octets> values(Region region, Leaf leaf) {
    return ((MvRegister) region.replica.leaf(leaf)).values();
  }

  private static List<Block> blocks(Region region) {
    return region.replica.telling().blocksAfter(region.stream, 0, Long.MAX_VALUE).orElseThrow();
  }

  private StatePart part(Region region, Leaf... leaves) {
    return region.replica.telling().leaves(region.frontier(), List.of(leaves));
  }

  private void take(Region region, Region from, Leaf... leaves) {
    region.take(from.nextState(), part(from, leaves), List.of());
  }

  private void proof() {
    ForkProof proof =
        ForkProof.of(blocks(one).getLast().signed(), blocks(other).getFirst().signed())
            .orElseThrow();
    for (Region region : List.of(earth, mars, moon)) {
      region.replica.fork(proof);
      region.commit();
    }
  }

  @Test
  void whatWasWrittenTwiceUnderOneNumberGoesWhicheverWayStatesAreTold() {
    proof();
    mars.takeState(earth, 1);
    assertEquals(List.of(), values(mars, ZONE));
    earth.takeState(mars, 1);
    assertEquals(List.of(), values(earth, ZONE));
    assertEquals(earth.replica.root(), mars.replica.root());
    assertEquals(1, earth.replica.size());
  }

  @Test
  void branchesWhoseBlocksEndAlikeAreKeptBesideEachOther() {
    take(moon, earth, ZONE);
    take(moon, mars, PRESSURE);
    assertEquals(List.of(text("north")), values(moon, ZONE));
    assertEquals(List.of(text("3")), values(moon, PRESSURE));
    StatePart all = moon.replica.telling().range(moon.frontier(), Optional.empty(), 100);
    assertEquals(2, all.blocks().stream().mapToInt(it -> it.operations().size()).sum());
  }

  @Test
  void whatStatesShowProvesAForkToo() {
    take(moon, earth, ZONE);
    assertEquals(Optional.empty(), moon.replica.chain(one.stream).fork());
    take(moon, mars, PRESSURE);
    assertEquals(other.stream, moon.replica.chain(one.stream).fork().orElseThrow().stream());
  }

  @Test
  void aBlockInItsTurnIsHeldAgainstWhatStatesShowedOfLaterOnes() {
    take(moon, mars, ZONE);
    assertInstanceOf(Receipt.Forked.class, moon.receive(blocks(one).getFirst()));
    assertEquals(List.of(), values(moon, TEMPERATURE));
    assertEquals(List.of(text("south")), values(moon, ZONE));
  }

  @Test
  void aHeadIsHeldAgainstTheBlocksThatAreThere() {
    take(moon, mars, ZONE);
    moon.replica.witness(one.replica.telling().headsBeyond(moon.frontier()));
    assertEquals(one.stream, moon.replica.chain(one.stream).fork().orElseThrow().stream());
  }

  @Test
  void whatOneNumberWroteAtTwoPlacesGoesFromBoth() {
    Region another = other.copy();
    other.edit(new Edit.Write(PRESSURE, text("4")));
    other.seal();
    another.edit(new Edit.Write(TEMPERATURE, text("22")));
    another.seal();
    blocks(other).forEach(moon::receive);
    assertEquals(List.of(text("4")), values(moon, PRESSURE));
    take(moon, another, TEMPERATURE);
    assertEquals(List.of(), values(moon, PRESSURE));
    assertEquals(List.of(), values(moon, TEMPERATURE));
    assertEquals(List.of(text("south")), values(moon, ZONE));
  }
}
