package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.Verdict;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of which the signatures were verified: the part of reception that takes time, needs
 * nothing but the keys, and runs beside everything else.
 *
 * @param message what came
 * @param region who says it, if it is signed
 * @param blocks those of its blocks that are genuine
 * @param faults what is wrong with the rest
 */
public record Checked(
    Received message, Optional<Signed> region, List<VerifiedBlock> blocks, List<Notice> faults) {
  /** Keeps its own copies. */
  public Checked {
    blocks = List.copyOf(blocks);
    faults = List.copyOf(faults);
  }

  /**
   * Verifies a message.
   *
   * @param ring the keys that are known
   * @param wallMillis the wall clock, milliseconds since 2000
   * @param driftMillis how far ahead a clock may be and not be flagged
   */
  public static Checked of(Received message, KeyRing ring, long wallMillis, long driftMillis) {
    var checking = new Checking(ring, wallMillis, driftMillis);
    return switch (message) {
      case SelfCertified.Delta delta -> {
        delta.blocks().forEach(checking::block);
        yield checking.done(message, Optional.empty());
      }
      case SelfCertified.Key _, SelfCertified.Proof _ -> checking.done(message, Optional.empty());
      case Unverified unverified -> checking.said(unverified);
    };
  }

  /**
   * What came of blocks that were in no message of their own.
   *
   * @param blocks those that are genuine
   * @param faults what is wrong with the rest
   */
  record Blocks(List<VerifiedBlock> blocks, List<Notice> faults) {}

  /** Verifies blocks that were in no message of their own. */
  static Blocks of(List<Block> blocks, KeyRing ring, long wallMillis, long driftMillis) {
    var checking = new Checking(ring, wallMillis, driftMillis);
    blocks.forEach(checking::block);
    return new Blocks(checking.blocks, checking.faults);
  }

  private static final class Checking {
    private final KeyRing ring;
    private final long wallMillis;
    private final long driftMillis;
    private final List<VerifiedBlock> blocks = new ArrayList<>();
    private final List<Notice> faults = new ArrayList<>();

    Checking(KeyRing ring, long wallMillis, long driftMillis) {
      this.ring = ring;
      this.wallMillis = wallMillis;
      this.driftMillis = driftMillis;
    }

    Checked done(Received message, Optional<Signed> signed) {
      return new Checked(message, signed, blocks, faults);
    }

    Checked said(Unverified message) {
      Optional<RegionId> region = Optional.of(message.envelope().region());
      return switch (message.verify(ring)) {
        case Unverified.Genuine(Signed signed) -> {
          boolean whole =
              !(signed.claim() instanceof Snapshot snapshot) || isGenuine(snapshot, region);
          yield done(message, whole ? Optional.of(signed) : Optional.empty());
        }
        case Unverified.UnknownRegion _ -> {
          fault(Notice.What.REFUSED, Optional.empty(), "a message of an unknown region");
          yield done(message, Optional.empty());
        }
        case Unverified.KeyMissing(int index) -> {
          fault(Notice.What.KEY_MISSING, region, "signed with key " + index);
          yield done(message, Optional.empty());
        }
        case Unverified.Refused(String why) -> {
          fault(Notice.What.BAD_SIGNATURE, region, why);
          yield done(message, Optional.empty());
        }
      };
    }

    /** A state of which one part is false is not joined with. */
    private boolean isGenuine(Snapshot snapshot, Optional<RegionId> region) {
      snapshot.blocks().forEach(this::block);
      for (SignedHeader head : snapshot.heads()) {
        StreamId stream = head.header().stream();
        switch (ring.signer(head.header())) {
          case KeyRing.Known(var key, var _) -> {
            if (!head.verifies(key)) {
              fault(Notice.What.BAD_SIGNATURE, region, "the head of " + stream + " is not genuine");
            }
          }
          case KeyRing.UnknownStream _, KeyRing.KeyMissing _ ->
              fault(Notice.What.KEY_MISSING, region, "the head of " + stream);
          case KeyRing.WrongKey(String why) -> fault(Notice.What.BAD_SIGNATURE, region, why);
        }
      }
      return faults.isEmpty();
    }

    private void block(Block block) {
      switch (ring.signer(block.header())) {
        case KeyRing.Known(var key, var writer) -> {
          Optional<RegionId> region = Optional.of(writer.region());
          switch (block.verify(key, wallMillis, driftMillis)) {
            case Verdict.Genuine(VerifiedBlock genuine) -> blocks.add(genuine);
            case Verdict.BadSignature _ ->
                fault(Notice.What.BAD_SIGNATURE, region, block + " is not its writer's");
            case Verdict.WrongRoot _ ->
                fault(Notice.What.BAD_SIGNATURE, region, block + " was changed on its way");
          }
        }
        case KeyRing.UnknownStream _ ->
            fault(Notice.What.KEY_MISSING, Optional.empty(), block + " is of nobody known");
        case KeyRing.KeyMissing(int index) ->
            fault(Notice.What.KEY_MISSING, Optional.empty(), block + " has key " + index);
        case KeyRing.WrongKey(String why) ->
            fault(Notice.What.BAD_SIGNATURE, Optional.empty(), why);
      }
    }

    private void fault(Notice.What what, Optional<RegionId> region, String text) {
      faults.add(new Notice(what, region, text));
    }
  }
}
