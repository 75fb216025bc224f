package dev.holdfast.crdt.sync;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.replica.Frontier;
import java.util.List;

/** Any octets are a message, which is written as it was read, or refused with an offset. */
class SyncFuzzTest {
  private static final BlockLimits BLOCKS =
      new BlockLimits(4_096, 16, 40, 40, 20, new CrdtLimits(4, 40, 100, 200, 8, 8));

  private static final SyncLimits SMALL = new SyncLimits(65_536, 20, 20, 99, 9, 9, 9, 4, BLOCKS);
  private static final KeyRing RING = Region.ring(new Region(7), new Region(8));

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    Octets octets = Octets.copyOf(bytes);
    switch (SyncCodec.decode(octets, SMALL)) {
      case Parsed.Bad<Received> bad -> {
        if (bad.offset() < 0 || bad.offset() > octets.size() || bad.reason().isEmpty()) {
          throw new IllegalStateException("no place in the input: " + bad);
        }
      }
      case Parsed.Good<Received>(Received message) -> {
        if (!SyncCodec.encode(use(message)).equals(octets)) {
          throw new IllegalStateException("written otherwise: " + message);
        }
      }
    }
    if (KeyRing.decode(octets) instanceof Parsed.Good<KeyRing>(KeyRing ring)
        && !ring.encode().equals(octets)) {
      throw new IllegalStateException("written otherwise: " + ring);
    }
  }

  /** Does with it what its readers do. */
  private static SyncMessage use(Received message) {
    return switch (message) {
      case SelfCertified.Delta it -> {
        it.blocks().forEach(block -> RING.signer(block.header()));
        yield it;
      }
      case SelfCertified.Key it -> {
        it.statements().forEach(RING::add);
        yield it;
      }
      case SelfCertified.Proof it -> {
        it.proven(RING);
        yield it;
      }
      case Unverified it -> {
        it.verify(RING);
        Signed signed = it.unchecked();
        if (signed.claim() instanceof FrontierMessage(FrontierMessage.Whole whole, long _)) {
          List<StreamId> known = List.copyOf(RING.streams().keySet());
          Frontier resolved = whole.frontier().resolve(known).frontier();
          WireFrontier.of(resolved);
        }
        yield signed;
      }
    };
  }
}
