package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.Verdict;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Receipt;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.twin.StoredTwins;
import java.util.List;

/** Another region's replica, which takes what {@link TwinStoreLoad} wrote, block by block. */
final class TwinTake {
  private static final long DRIFT_MILLIS = 60_000;

  private final BundleStore store;
  private final Overlay overlay;
  private final Replica replica;

  TwinTake(BundleStore store) {
    this.store = store;
    byte[] secret = new byte[SigningKey.SIZE];
    secret[0] = 1;
    VerifyKey key = new SigningKey(Octets.wrap(secret)).verifyKey();
    overlay = new Overlay(new StoredTwins(store));
    replica =
        new Replica(
            TwinStoreLoad.CLASS_ID,
            StreamId.of(key, 0, TwinStoreLoad.CLASS),
            overlay,
            ReplicaLimits.DEFAULT);
  }

  /** Reads a block and checks its signature. */
  static VerifiedBlock verified(Octets octets) {
    return switch (Block.decode(octets, BlockLimits.DEFAULT)) {
      case Parsed.Good<Block>(Block block)
          when block.verify(TwinStoreLoad.KEY.verifyKey(), TwinStoreLoad.END_MILLIS, DRIFT_MILLIS)
              instanceof Verdict.Genuine(VerifiedBlock genuine) ->
          genuine;
      default -> throw new BenchException("a block that was written here is not genuine");
    };
  }

  /**
   * Takes the blocks of one message, and commits what they change, durably.
   *
   * @return how many updates are in them
   */
  long take(List<Octets> blocks) {
    long updates = 0;
    for (Octets octets : blocks) {
      VerifiedBlock block = verified(octets);
      Receipt receipt = replica.receive(block, TwinStoreLoad.END_MILLIS, DRIFT_MILLIS);
      if (!(receipt instanceof Receipt.Applied)) {
        throw new BenchException("a block is not taken: " + receipt);
      }
      updates += block.block().operations().size();
    }
    store.commit(StoredTwins.changes(overlay.drain()), BundleStore.Durability.SYNCED);
    overlay.committed(overlay.lastDrained());
    return updates;
  }
}
