package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifiedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The reception of one block, and of those that waited for it. */
final class Receiving {
  private final Streams streams;
  private final BlockLog log;
  private final EarlyBlocks early;
  private final LiveEntries live;
  private final Awaited awaited;
  private final StreamId own;
  private final List<Block> applied = new ArrayList<>();
  private final SortedSet<String> things = new TreeSet<>();

  Receiving(
      Streams streams,
      BlockLog log,
      EarlyBlocks early,
      LiveEntries live,
      Awaited awaited,
      StreamId own) {
    this.streams = streams;
    this.log = log;
    this.early = early;
    this.live = live;
    this.awaited = awaited;
    this.own = own;
  }

  Receipt receive(VerifiedBlock verified) {
    Block block = verified.block();
    StreamId stream = block.header().stream();
    Chain chain = streams.get(stream).chain();
    return switch (follow(chain, verified)) {
      case Chain.Next(Chain next) ->
          stream.equals(own)
              ? new Receipt.Restored(block.header().covers())
              : inTurn(verified, next);
      case Chain.Gap(Interval missing) ->
          stream.equals(own)
              ? new Receipt.Restored(block.header().covers())
              : outOfTurn(block, missing);
      case Chain.Duplicate _ -> again(verified);
      case Chain.Forgotten _ -> new Receipt.Known();
      case Chain.Fork(Chain forked, ForkProof proof) -> {
        streams.chain(forked);
        yield new Receipt.Forked(proof);
      }
      case Chain.Refused(String why) -> new Receipt.Refused(why);
    };
  }

  /** What follows from a block, by the chain and by what states showed of later ones. */
  private Chain.Step follow(Chain chain, VerifiedBlock verified) {
    Chain.Step step = chain.follow(verified, number -> log.header(chain.stream(), number));
    Optional<ForkProof> proof =
        step instanceof Chain.Next
            ? log.contradiction(verified.block().signed())
            : Optional.empty();
    return proof.isEmpty() ? step : new Chain.Fork(chain.forked(proof.get()), proof.get());
  }

  private Receipt inTurn(VerifiedBlock verified, Chain next) {
    StreamId stream = next.stream();
    apply(verified);
    streams.chain(next);
    Optional<VerifiedBlock> waiting = early.take(stream, next.last());
    while (waiting.isPresent()) {
      Chain chain = streams.get(stream).chain();
      Chain.Step step = follow(chain, waiting.get());
      if (step instanceof Chain.Next(Chain further)) {
        apply(waiting.get());
        streams.chain(further);
        waiting = early.take(stream, further.last());
      } else {
        if (step instanceof Chain.Fork(Chain forked, _)) {
          streams.chain(forked);
        }
        waiting = Optional.empty();
      }
    }
    return new Receipt.Applied(applied, things);
  }

  private void apply(VerifiedBlock verified) {
    Block block = verified.block();
    CausalContext before = streams.heard();
    streams.hear(verified.heard());
    for (Operation operation : block.operations()) {
      if (!before.contains(operation.dot())) {
        live.apply(operation, streams.heard());
        things.add(operation.leaf().thing());
      }
    }
    awaited.heard(block.header().stream().name(), streams.heard());
    log.put(block);
    if (block.hidden() > 0) {
      streams.wholeFrom(block.header().stream(), block.header().covers().last() + 1);
    }
    applied.add(block);
  }

  private Receipt outOfTurn(Block block, Interval missing) {
    StreamId stream = block.header().stream();
    return early.add(block)
        ? new Receipt.Early(missing)
        : new Receipt.Dropped(missing, early.bytes(stream));
  }

  /** One that is known may show what was hidden the first time. */
  private Receipt again(VerifiedBlock verified) {
    if (streams.heard().containsAll(verified.heard())) {
      return new Receipt.Known();
    }
    apply(verified);
    return new Receipt.Applied(applied, things);
  }
}
