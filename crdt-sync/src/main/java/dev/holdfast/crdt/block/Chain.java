package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * How far a stream is known, and on what its next block must follow. Small, so that it is kept for
 * every stream for ever.
 *
 * @param stream which
 * @param head the last block's header; empty if there is none yet
 * @param closed whether the stream has ended with {@code head}
 * @param fork that the writer went on in two ways, if it did: then nothing more is taken from it
 */
public record Chain(
    StreamId stream, Optional<SignedHeader> head, boolean closed, Optional<ForkProof> fork) {

  /** What is to be done with a block. */
  public sealed interface Step {}

  /**
   * It is next: apply it, and keep this chain with what it changed.
   *
   * @param chain with the block
   */
  public record Next(Chain chain) implements Step {}

  /**
   * It is known. If what came then was redacted, this may show more, and may be applied again: the
   * chain does not change.
   */
  public record Duplicate() implements Step {}

  /** It is older than the headers that are kept, so whether it is the one that came is unknown. */
  public record Forgotten() implements Step {}

  /**
   * Blocks before it are missing: keep it, within a quota, or ask for it again with them.
   *
   * @param missing their numbers
   */
  public record Gap(Interval missing) implements Step {}

  /**
   * It contradicts a block that came before.
   *
   * @param chain which takes nothing more
   * @param proof of it, to be told to everybody
   */
  public record Fork(Chain chain, ForkProof proof) implements Step {}

  /**
   * The stream takes no more blocks, or this is not one of it.
   *
   * @param why for people
   */
  public record Refused(String why) implements Step {}

  /** Checks that what it holds is of that stream. */
  public Chain {
    boolean ours =
        head.map(it -> it.header().stream().equals(stream)).orElse(true)
            && fork.map(it -> it.stream().equals(stream)).orElse(true);
    if (!ours) {
      throw new IllegalArgumentException("a chain of " + stream + " with blocks of another stream");
    }
  }

  /** The chain of a stream of which nothing is known. */
  public static Chain of(StreamId stream) {
    return new Chain(stream, Optional.empty(), false, Optional.empty());
  }

  /** The last number that is covered; 0 if none. */
  public long last() {
    return head.map(it -> it.header().covers().last()).orElse(0L);
  }

  /** Whether it takes more blocks. */
  public boolean isOpen() {
    return !closed && fork.isEmpty();
  }

  /** The chain of a stream that its writer has ended here. */
  public Chain close() {
    return new Chain(stream, head, true, fork);
  }

  /**
   * The chain of a stream of which the whole state up to a later block is there: the next block is
   * to follow on that one.
   *
   * @param later a verified header, further than this chain
   */
  public Chain caughtUp(SignedHeader later) {
    if (later.header().covers().last() <= last() || !isOpen()) {
      throw new IllegalArgumentException(later.header().covers() + " is not after " + last());
    }
    return after(later);
  }

  /** The chain of a stream that its writer has forked, as somebody proved. */
  public Chain forked(ForkProof proof) {
    return new Chain(stream, head, closed, fork.or(() -> Optional.of(proof)));
  }

  Chain after(SignedHeader next) {
    return new Chain(stream, Optional.of(next), closed, fork);
  }

  /**
   * What follows from a block.
   *
   * @param block any that was verified
   * @param kept the header of an earlier block of this stream that covers a number, if it is kept
   */
  public Step follow(VerifiedBlock block, LongFunction<Optional<SignedHeader>> kept) {
    SignedHeader signed = block.block().signed();
    Interval covers = signed.header().covers();
    if (!signed.header().stream().equals(stream)) {
      return new Refused("a block of " + signed.header().stream() + " in the chain of " + stream);
    }
    if (fork.isPresent()) {
      return new Refused("its writer has forked stream " + stream);
    }
    if (covers.first() <= last()) {
      return past(signed, kept);
    }
    if (closed) {
      return new Refused("stream " + stream + " has ended with " + last());
    }
    if (covers.first() > last() + 1) {
      return new Gap(new Interval(last() + 1, covers.first() - 1));
    }
    Optional<Octets> id = head.map(it -> it.header().id());
    return id.isEmpty() || id.get().equals(signed.header().previous())
        ? new Next(after(signed))
        : against(signed, head.orElseThrow());
  }

  private Step past(SignedHeader signed, LongFunction<Optional<SignedHeader>> kept) {
    Interval covers = signed.header().covers();
    SignedHeader last = head.orElseThrow();
    if (covers.last() >= last.header().covers().first()) {
      return against(signed, last);
    }
    Optional<SignedHeader> held = kept.apply(covers.first()).or(() -> kept.apply(covers.last()));
    return held.isEmpty() ? new Forgotten() : against(signed, held.get());
  }

  private Step against(SignedHeader signed, SignedHeader held) {
    Optional<ForkProof> proof = ForkProof.of(signed, held);
    return proof.isEmpty()
        ? new Duplicate()
        : new Fork(new Chain(stream, head, closed, proof), proof.get());
  }
}
