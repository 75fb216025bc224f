package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.replica.ClassId;
import java.util.List;
import java.util.Optional;

/** A message of which each part carries its own signatures: who sends it does not matter. */
public sealed interface SelfCertified extends SyncMessage, Received {

  /**
   * Blocks, those of one stream in the order of its chain.
   *
   * @param exportClass of which class
   * @param blocks at least one; nothing of them is verified
   */
  record Delta(ClassId exportClass, List<Block> blocks) implements SelfCertified {
    /** Keeps its own copy. */
    public Delta {
      blocks = List.copyOf(blocks);
      checkAny(blocks);
    }

    @Override
    public MessageKind kind() {
      return MessageKind.DELTA;
    }
  }

  /**
   * Which keys sign, in the order in which regions said so.
   *
   * @param exportClass of which class
   * @param statements at least one, all of that class; to be given to a {@link KeyRing}
   */
  record Key(ClassId exportClass, List<KeyStatement> statements) implements SelfCertified {
    /** Keeps its own copy. */
    public Key {
      statements = List.copyOf(statements);
      checkAny(statements);
      for (KeyStatement statement : statements) {
        if (!statement.exportClass().equals(exportClass)) {
          throw new IllegalArgumentException("of another class: " + statement);
        }
      }
    }

    @Override
    public MessageKind kind() {
      return MessageKind.KEY;
    }
  }

  /**
   * That a writer has forked a stream, as somebody says.
   *
   * @param exportClass of which class
   * @param firstKey the first key of the region whose stream it is
   * @param incarnation which of the region's streams of this class, 0 or more
   * @param proof two headers
   */
  record Proof(ClassId exportClass, VerifyKey firstKey, long incarnation, ForkProof proof)
      implements SelfCertified {
    /** Checks the range. */
    public Proof {
      if (incarnation < 0) {
        throw new IllegalArgumentException("no incarnation: " + incarnation);
      }
    }

    /**
     * The fork, if it is one by what a ring knows. Who has stolen a key that is not used any more
     * proves nothing by what he signs beyond the numbers that it was for.
     */
    public Optional<ForkProof> proven(KeyRing ring) {
      boolean proven =
          exportClass.equals(ring.exportClass())
              && StreamId.of(firstKey, incarnation, ring.className()).equals(proof.stream())
              && ring.verifies(proof.one())
              && ring.verifies(proof.other());
      return proven ? Optional.of(proof) : Optional.empty();
    }

    @Override
    public MessageKind kind() {
      return MessageKind.PROOF;
    }
  }

  private static void checkAny(List<?> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a message that says nothing");
    }
  }
}
