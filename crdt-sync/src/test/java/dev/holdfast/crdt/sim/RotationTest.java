package dev.holdfast.crdt.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Pending;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.Envelope;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Opportunity;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.Request;
import dev.holdfast.crdt.sync.SelfCertified;
import dev.holdfast.crdt.sync.Signed;
import dev.holdfast.crdt.sync.SyncCodec;
import dev.holdfast.crdt.sync.SyncSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A region's key is replaced while it speaks with others, who are configured with its first. */
class RotationTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final Leaf LOG = new Leaf("log", "written", Kind.SET);

  private SyncWorld world = new SyncWorld(3, 1, SyncSettings.DEFAULT);

  private SimRegion earth() {
    return world.region(0);
  }

  private SimRegion mars() {
    return world.region(1);
  }

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(SimRegion region, String... words) {
    for (String word : words) {
      region.edit(world.now, new Edit.Add(LOG, text(word)));
    }
  }

  private static List<String> log(SimRegion region) {
    return ((OrSet) region.replica.leaf(LOG))
        .elements().stream()
            .map(it -> new String(it.toByteArray(), StandardCharsets.UTF_8))
            .toList();
  }

  /** The next key is given to a region, which is started again. */
  private static void rotate(SimRegion region) {
    region.keys.add(region.key(region.keys.size()));
    region.open();
  }

  private void meet(int a, int b) {
    world.contact(a, b, world.now, 4 * HOUR, 60_000);
    world.runUntil(world.now + 5 * HOUR);
  }

  private void meetAll() {
    for (int round = 0; round < 3; round++) {
      meet(0, 1);
      meet(0, 2);
    }
  }

  private void same(String... words) {
    assertThat(log(earth())).containsExactlyInAnyOrder(words);
    assertThat(world.isSame()).isTrue();
    assertThat(world.hasHeardTheSame()).isTrue();
  }

  private static int index(SimRegion at, SimRegion of) {
    return at.sync.ring().current(of.id).orElseThrow().index();
  }

  private static List<Notice> faults(SimRegion region) {
    return region.notices.stream()
        .filter(it -> it.what() == Notice.What.FORK || it.what() == Notice.What.DIVERGED)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void inTheMiddleOfTraffic(long seed) {
    world = new SyncWorld(3, seed, SyncSettings.DEFAULT);
    world.loss = 0.3;
    world.doubling = 0.3;
    world.jitter = HOUR;
    int written = 0;
    for (int day = 0; day < 40; day++) {
      for (SimRegion each : world.regions) {
        write(each, "w" + written++);
        world.tell(each.number);
      }
      world.contact(day % 3, (day + 1) % 3, world.now, 5 * HOUR, 600_000);
      world.runUntil(world.now + 3 * HOUR);
      if (day % 10 == 4) {
        rotate(world.region(day % 3));
      }
      if (day % 10 == 7) {
        world.region(day % 3).reboot();
      }
      world.runUntil(world.now + DAY);
    }
    world.loss = 0;
    world.jitter = 0;
    world.runUntil(world.now + 30 * DAY);
    meetAll();
    assertThat(log(earth())).hasSize(written);
    assertThat(world.isSame()).isTrue();
    assertThat(world.hasHeardTheSame()).isTrue();
    for (SimRegion each : world.regions) {
      assertThat(faults(each)).isEmpty();
      for (SimRegion other : world.regions) {
        assertThat(index(each, other)).isEqualTo(other.keys.size() - 1);
      }
    }
    SimRegion moon = world.region(2);
    moon.restore(new MemoryTwinStore());
    meetAll();
    assertThat(log(moon)).hasSize(written);
    assertThat(world.isSame()).isTrue();
  }

  @Test
  void whatIsWrittenFromThenOnIsSignedByTheNewKeyAndWhatWaitedToo() {
    write(mars(), "a", "b");
    meetAll();
    assertThat(world.messages).doesNotContainKey(MessageKind.KEY);
    write(mars(), "pending");
    rotate(mars());
    write(mars(), "c");
    meetAll();
    same("a", "b", "c", "pending");
    Chain chain = earth().replica.chain(mars().stream);
    assertThat(chain.head().orElseThrow().header().key()).isEqualTo(1);
    assertThat(mars().replica.own()).isEqualTo(mars().stream);
    rotate(mars());
    rotate(mars());
    write(mars(), "d");
    meetAll();
    same("a", "b", "c", "d", "pending");
    assertThat(index(earth(), mars())).isEqualTo(3);
    mars().open();
    assertThat(index(mars(), mars())).isEqualTo(3);
  }

  /** What is said with the old key after all know the new one is taken from nobody. */
  @Test
  void aThiefOfTheOldKeyCanWriteNothing() {
    write(mars(), "a");
    meetAll();
    SigningKey stolen = mars().key;
    rotate(mars());
    write(mars(), "b");
    meetAll();
    String root = earth().replica.root().toString();
    for (StreamId stream : List.of(mars().stream, StreamId.of(stolen.verifyKey(), 9, "open"))) {
      for (int index = 0; index <= 1; index++) {
        earth().receive(SyncCodec.encode(forged(stream, stolen, index)), world.now);
      }
    }
    var request = new Request(List.of(), Optional.empty(), false, true, 1 << 20);
    for (int index = 0; index <= 1; index++) {
      var envelope =
          new Envelope(
              earth().sync.ring().exportClass(), mars().id, index, new Hlc(world.now + HOUR, 0));
      var said = Signed.sign(envelope, request, stolen);
      assertThat(earth().receive(SyncCodec.encode(said), world.now)).isEmpty();
    }
    var ring = dev.holdfast.crdt.keys.KeyRing.of(SimRegion.CLASS).with(stolen.verifyKey());
    KeyStatement stream = ring.begin(mars().id, 9, stolen);
    KeyStatement key = ring.rotate(mars().id, 0, 2, stolen, mars().key(7));
    var keys = new SelfCertified.Key(ring.exportClass(), List.of(stream, key));
    earth().receive(SyncCodec.encode(keys), world.now);
    assertThat(earth().replica.root().toString()).isEqualTo(root);
    assertThat(index(earth(), mars())).isEqualTo(1);
    assertThat(earth().sync.ring().current(mars().id).orElseThrow().key())
        .isEqualTo(mars().key(1).verifyKey());
    assertThat(earth().notices.stream().filter(it -> it.what() == Notice.What.BAD_SIGNATURE))
        .hasSizeGreaterThanOrEqualTo(4);
    write(mars(), "c");
    meetAll();
    same("a", "b", "c");
  }

  private SelfCertified.Delta forged(StreamId stream, SigningKey key, int index) {
    Chain chain = stream.equals(mars().stream) ? earth().replica.chain(stream) : Chain.of(stream);
    long next = chain.last() + 1;
    Pending pending = new Pending(stream, next, Hlc.ZERO);
    Hlc at = new Hlc(world.now, 1);
    pending.add(
        Operation.of(
            new Leaf("thing", "r", Kind.REGISTER),
            at,
            MvRegister.EMPTY.write(stream.dot(next), at, text("forged"))));
    var draft = pending.drain(Integer.MAX_VALUE, Integer.MAX_VALUE).getFirst();
    var block = Sealer.of(stream, key, index, key.derived()).seal(chain, draft).block();
    return new SelfCertified.Delta(earth().sync.ring().exportClass(), List.of(block));
  }

  @Test
  void whoHearsBlocksBeforeKeysAsksForTheseAndTakesThemThen() {
    write(mars(), "a");
    meetAll();
    rotate(mars());
    write(mars(), "b");
    List<Outgoing> said = mars().commit(mars().sync.opened(earth().id, opportunity(), world.now));
    earth().commit(earth().sync.opened(mars().id, opportunity(), world.now));
    assertThat(said).extracting(Outgoing::kind).contains(MessageKind.KEY, MessageKind.DELTA);
    List<Outgoing> asked =
        said.stream()
            .filter(it -> it.kind() != MessageKind.KEY)
            .flatMap(it -> earth().receive(it.payload(), world.now).stream())
            .toList();
    assertThat(asked).extracting(Outgoing::kind).contains(MessageKind.REQUEST);
    assertThat(log(earth())).containsExactly("a");
    List<Outgoing> answers = asked;
    for (int turn = 0; turn < 6; turn++) {
      SimRegion to = turn % 2 == 0 ? mars() : earth();
      world.now += 20_000;
      answers =
          answers.stream().flatMap(it -> to.receive(it.payload(), world.now).stream()).toList();
    }
    assertThat(index(earth(), mars())).isEqualTo(1);
    meetAll();
    same("a", "b");
  }

  private Opportunity opportunity() {
    return new Opportunity(world.now + HOUR, 0, 1_000, world.now + HOUR, 1L << 30);
  }

  @Test
  void whoWasAwayForYearsHearsOfAllKeysInOneContact() {
    write(mars(), "start");
    meetAll();
    for (int year = 0; year < 5; year++) {
      write(mars(), "year " + year);
      world.runUntil(world.now + 365 * DAY);
      meet(0, 1);
      rotate(mars());
    }
    assertThat(index(world.region(2), mars())).isZero();
    meet(0, 1);
    meet(0, 2);
    same("start", "year 0", "year 1", "year 2", "year 3", "year 4");
    assertThat(index(world.region(2), mars())).isEqualTo(5);
    assertThat(index(earth(), mars())).isEqualTo(5);
  }

  /** Each boot of the machine begins a stream: each of them goes on to count. */
  @Test
  void streamsOfEarlierLivesEndWhereTheyAre() {
    for (String word : List.of("a", "b", "c", "d")) {
      mars().reboot();
      write(mars(), word);
      meetAll();
    }
    rotate(mars());
    write(mars(), "e");
    meetAll();
    same("a", "b", "c", "d", "e");
    assertThat(earth().sync.ring().statements(mars().id)).hasSize(4);
    mars().reboot();
    write(mars(), "f");
    meetAll();
    rotate(mars());
    meetAll();
    assertThat(earth().sync.ring().statements(mars().id)).hasSize(6);
    world.region(2).restore(new MemoryTwinStore());
    meetAll();
    same("a", "b", "c", "d", "e", "f");
    assertThat(log(world.region(2))).hasSize(6);
  }

  @Test
  void afterABootTheKeyWaitsUntilAllOtherRegionsAreHeard() {
    write(mars(), "a");
    meetAll();
    write(mars(), "b");
    mars().keys.add(mars().key(1));
    mars().reboot();
    write(mars(), "c");
    assertThat(index(mars(), mars())).isZero();
    assertThat(mars().notices)
        .extracting(Notice::text)
        .anyMatch(it -> it.contains("once all other regions were heard"));
    meet(0, 1);
    assertThat(index(mars(), mars())).isZero();
    meet(1, 2);
    assertThat(index(mars(), mars())).isEqualTo(1);
    meetAll();
    assertThat(index(earth(), mars())).isEqualTo(1);
    same("a", "b", "c");
  }

  @Test
  void orUntilItIsStartedAgain() {
    write(mars(), "a");
    meetAll();
    mars().keys.add(mars().key(1));
    mars().reboot();
    write(mars(), "b");
    assertThat(index(mars(), mars())).isZero();
    mars().open();
    assertThat(index(mars(), mars())).isEqualTo(1);
    meetAll();
    same("a", "b");
  }

  /** A copy from before the key was replaced says nothing that contradicts what was said since. */
  @Test
  void aCopyThatIsPutBackTakesWhatItSaidInItsOtherLife() {
    write(mars(), "a");
    meetAll();
    MemoryTwinStore copy = mars().store.copy();
    write(mars(), "b");
    rotate(mars());
    write(mars(), "c");
    meetAll();
    mars().restore(copy);
    write(mars(), "d");
    assertThat(index(mars(), mars())).isZero();
    meetAll();
    same("a", "b", "c", "d");
    assertThat(index(mars(), mars())).isEqualTo(1);
    assertThat(faults(earth())).isEmpty();
    assertThat(faults(mars())).isEmpty();
  }

  /** It has told of a stream of its own before it hears that the key of that stream is replaced. */
  @Test
  void whatACopyWroteUnderTheReplacedKeyCountsToo() {
    write(mars(), "a");
    meetAll();
    MemoryTwinStore copy = mars().store.copy();
    write(mars(), "b");
    rotate(mars());
    write(mars(), "c");
    meet(0, 1);
    mars().restore(copy);
    write(mars(), "d");
    mars().sync.seal();
    write(mars(), "e");
    assertThat(index(mars(), mars())).isZero();
    meetAll();
    meetAll();
    same("a", "b", "c", "d", "e");
    assertThat(faults(earth())).isEmpty();
    world.region(2).restore(new MemoryTwinStore());
    meetAll();
    same("a", "b", "c", "d", "e");
  }

  @Test
  void withoutTheLatestKeyItDoesNotStartAndLosesNothing() {
    write(mars(), "a");
    rotate(mars());
    meetAll();
    write(mars(), "b");
    mars().keys.removeLast();
    assertThatThrownBy(() -> mars().open())
        .isInstanceOf(ClassSync.KeysException.class)
        .hasMessageContaining("number 1")
        .hasMessageContaining(mars().key(1).verifyKey().octets().hex())
        .hasMessageContaining("add its key file as the last");
    mars().keys.clear();
    mars().keys.add(mars().key(1));
    mars().keys.add(mars().key);
    assertThatThrownBy(() -> mars().open())
        .isInstanceOf(ClassSync.KeysException.class)
        .hasMessageContaining("oldest first");
    mars().keys.removeLast();
    mars().open();
    meetAll();
    same("a", "b");
  }

  /** A copy is put back together with an old configuration. */
  @Test
  void whoHearsThatItsKeyIsReplacedAndHasNotTheNewOneSaysNothingAndLosesNothing() {
    write(mars(), "a");
    meetAll();
    MemoryTwinStore copy = mars().store.copy();
    rotate(mars());
    write(mars(), "b");
    meetAll();
    mars().keys.removeLast();
    mars().restore(copy);
    write(mars(), "c");
    mars().sync.seal();
    write(mars(), "d");
    meetAll();
    write(mars(), "e");
    mars().sync.seal();
    write(earth(), "f");
    meetAll();
    assertThat(mars().notices).extracting(Notice::text).anyMatch(it -> it.contains("not given"));
    assertThat(log(mars())).contains("f").doesNotContain("g");
    assertThat(mars().sync.tell(world.now)).isEmpty();
    assertThatThrownBy(() -> mars().open()).isInstanceOf(ClassSync.KeysException.class);
    mars().keys.add(mars().key(1));
    mars().open();
    meetAll();
    meetAll();
    same("a", "b", "c", "d", "e", "f");
    assertThat(faults(earth())).isEmpty();
    assertThat(faults(mars())).isEmpty();
  }
}
