package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a region says is later than all it said before, whatever its clock does meanwhile. */
final class VoiceTest {
  private final Region region = new Region(1);
  private final MemoryTwinStore store = new MemoryTwinStore();

  private Signed say(long wallMillis) {
    var overlay = new Overlay(store);
    var replica = new Replica(Region.CLASS_ID, region.stream, overlay, ReplicaLimits.DEFAULT);
    var self = new ClassSync.Self(region.id, List.of(region.key), size -> Octets.EMPTY, true);
    var keys = new OwnKeys(self, new Keys(Region.ring(region), replica, new ArrayList<>()));
    var voice = new Voice(Region.CLASS_ID, region.id, keys, replica, size -> Octets.EMPTY);
    var request = new Request(List.of(), Optional.empty(), true, false, 0);
    Signed said = voice.say(request, wallMillis);
    store.commit(overlay.drain());
    return said;
  }

  @Test
  void alsoAfterARestart() {
    Signed before = say(Region.START);
    Signed after = say(Region.START - 86_400_000);
    assertThat(after.envelope().clock()).isGreaterThan(before.envelope().clock());
  }
}
