package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one stream for ever.
 *
 * @param chain how far it is received in order
 * @param wholeFrom from which number on all blocks that are received are kept whole
 * @param asOf the latest time, by the writer's clock, at which nothing of it was missing here
 * @param heard the numbers whose operations are part of the state, in order
 */
record Stream(Chain chain, long wholeFrom, Hlc asOf, List<Interval> heard) {
  private static final int ITEMS = 6;
  private static final int DEPTH = 8;

  Stream {
    heard = List.copyOf(heard);
  }

  /** Nothing is known of it. */
  static Stream of(StreamId id) {
    return new Stream(Chain.of(id), 1, Hlc.ZERO, List.of());
  }

  Octets encode() {
    var to = new CborWriter(256).array(ITEMS);
    chain.head().map(SignedHeader::encode).ifPresentOrElse(to::item, to::nil);
    to.bool(chain.closed());
    chain.fork().map(ForkProof::encode).ifPresentOrElse(to::item, to::nil);
    to.unsigned(wholeFrom).unsigned(asOf.packed()).array(2 * heard.size());
    heard.forEach(it -> to.unsigned(it.first()).unsigned(it.last()));
    return to.end().end().finish();
  }

  static Stream decode(StreamId id, Octets octets) {
    var from = new CborReader(octets);
    from.array(ITEMS);
    Optional<SignedHeader> head =
        from.nextIsNull()
            ? Optional.empty()
            : Optional.of(good(SignedHeader.decode(from.item(DEPTH))));
    boolean closed = from.bool();
    Optional<ForkProof> fork =
        from.nextIsNull()
            ? Optional.empty()
            : Optional.of(good(ForkProof.decode(from.item(DEPTH))));
    long wholeFrom = from.unsigned();
    Hlc asOf = Hlc.unpack(from.unsigned());
    int items = from.array();
    List<Interval> heard = new ArrayList<>(items / 2);
    for (int i = 0; i < items; i += 2) {
      heard.add(new Interval(from.unsigned(), from.unsigned()));
    }
    return new Stream(new Chain(id, head, closed, fork), wholeFrom, asOf, heard);
  }

  private static <T> T good(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Bad<T> bad ->
          throw new IllegalStateException("a record of a stream cannot be read: " + bad);
    };
  }
}
