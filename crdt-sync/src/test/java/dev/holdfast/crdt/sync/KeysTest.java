package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.keys.Beginning;
import dev.holdfast.crdt.keys.KeyChange;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What regions have said of their keys, beside the replica that they sign for. */
final class KeysTest {
  private final Region region = new Region(1);
  private final Region other = new Region(2);
  private final KeyRing first = Region.ring(region, other);
  private final List<Notice> notices = new ArrayList<>();
  private final Replica replica =
      new Replica(
          Region.CLASS_ID, other.stream, new Overlay(new MemoryTwinStore()), ReplicaLimits.DEFAULT);
  private final Keys keys = new Keys(first, replica, notices);

  private void take(Block block) {
    replica.receive(VerifiedBlock.kept(block), Region.START, 60_000);
  }

  @Test
  void whatWasTakenUnderAKeyThatHadBeenReplacedIsTold() {
    take(region.seal(5));
    assertThat(keys.add(first.rotate(region.id, 0, 6, region.key, region.key(1)))).isFalse();
    assertThat(notices).isEmpty();
    take(region.seal(3, region.key(1), 1));
    KeyRing ring = keys.ring();
    assertThat(keys.add(ring.rotate(region.id, 0, 7, region.key(1), region.key(2)))).isFalse();
    assertThat(notices).hasSize(1);
    assertThat(notices.getFirst().region()).contains(region.id);
    assertThat(notices.getFirst().text()).contains("taken up to 8");
  }

  @Test
  void aStreamThatDoesNotCountAnyMoreIsTold() {
    Beginning beginning = first.begin(region.id, 5, region.key);
    keys.add(beginning);
    region.begin(5);
    take(region.seal(2));
    keys.add(keys.ring().rotate(region.id, 0, 1, region.key, region.key(1)));
    assertThat(notices).hasSize(1);
    assertThat(keys.statements()).hasSize(1);
    assertThat(keys.edition()).isEqualTo(1);
  }

  @Test
  void itIsToldWhoContradictsHimselfAndWhatIsMissing() {
    KeyChange rotation = first.rotate(region.id, 0, 6, region.key, region.key(1));
    keys.add(rotation);
    KeyChange second = keys.ring().rotate(region.id, 0, 9, region.key(1), region.key(2));
    Keys fresh =
        new Keys(
            first,
            new Replica(
                Region.CLASS_ID,
                other.stream,
                new Overlay(new MemoryTwinStore()),
                ReplicaLimits.DEFAULT),
            notices);
    assertThat(fresh.add(second)).isTrue();
    keys.add(first.rotate(region.id, 0, 7, region.key, region.key(3)));
    assertThat(notices).hasSize(1);
    assertThat(notices.getFirst().what()).isEqualTo(Notice.What.FORK);
    assertThat(notices.getFirst().region()).contains(region.id);
    assertThat(new Keys(first, replica, notices).statements()).containsExactly(rotation);
  }
}
