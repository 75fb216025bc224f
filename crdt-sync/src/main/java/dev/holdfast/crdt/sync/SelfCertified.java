package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;
import java.util.List;

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
   * That a writer has forked a stream: {@link KeyRing#proven} says whether that is so.
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
