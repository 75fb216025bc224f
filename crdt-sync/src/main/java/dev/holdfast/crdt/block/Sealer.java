package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;

/**
 * Makes the blocks of a stream. It has no randomness: the same operations after the same chain give
 * the same octets, so that nothing shows in a stream but its own operations.
 *
 * <p>A block is to be kept before it is sent: who seals other operations under numbers that are out
 * already, after a crash say, has forked its own stream, and everybody can prove it. Any thread.
 */
public final class Sealer {
  private final StreamId stream;
  private final SigningKey key;
  private final int keyIndex;
  private final Octets secret;

  /**
   * Makes the blocks of that stream.
   *
   * @param stream whose
   * @param key to sign with
   * @param keyIndex which of the writer's keys that is
   * @param secret 32 bytes that nobody can guess and no other stream has: from it follow the salts
   */
  public Sealer(StreamId stream, SigningKey key, int keyIndex, Octets secret) {
    if (secret.size() != Blake3.SIZE) {
      throw new IllegalArgumentException(
          "a secret has " + Blake3.SIZE + " bytes, not " + secret.size());
    }
    this.stream = stream;
    this.key = key;
    this.keyIndex = keyIndex;
    this.secret = secret;
  }

  /**
   * Makes the blocks of a stream, with a secret that follows from one for all streams.
   *
   * @param master 32 bytes that nobody can guess
   */
  public static Sealer of(StreamId stream, SigningKey key, int keyIndex, Octets master) {
    Octets secret = Blake3.keyed(master).use("holdfast salts 1").add(stream.name()).end();
    return new Sealer(stream, key, keyIndex, secret);
  }

  /**
   * A block and what its chain is with it.
   *
   * @param block to be kept, then sent
   * @param chain to be kept with it
   */
  public record Sealed(Block block, Chain chain) {}

  /**
   * Makes the next block.
   *
   * @throws IllegalArgumentException if the draft does not follow on the chain
   */
  public Sealed seal(Chain chain, Draft draft) {
    if (!chain.stream().equals(stream)
        || draft.covers().first() != chain.last() + 1
        || !chain.isOpen()) {
      throw new IllegalArgumentException(stream + " " + draft.covers() + " not after " + chain);
    }
    List<Operation> operations = draft.operations();
    Opening opening = new Opening.Whole(Opening.seed(secret, stream, draft.covers().first()));
    Octets root = opening.tree(operations.size(), Canonical.of(operations)).root().orElseThrow();
    Optional<Octets> previous = chain.head().map(head -> head.header().id());
    Header header =
        new Header(
            stream,
            draft.covers(),
            previous.orElse(Header.NO_PREVIOUS),
            keyIndex,
            draft.clock(),
            new Header.Tree(operations.size(), root));
    SignedHeader signed = new SignedHeader(header, key.sign(header.id()));
    return new Sealed(new Block(signed, opening, operations), chain.after(signed));
  }
}
