package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far each stream is known, in memory and in the store. */
final class Streams {
  /** Headers kept of one stream until its blocks, or a whole state, reach that far. */
  private static final int WITNESSES = 8;

  private final Layout layout;
  private final Overlay store;
  private final SortedMap<StreamId, Stream> streams = new TreeMap<>();
  private final Map<StreamId, SortedMap<Long, SignedHeader>> witnessed = new HashMap<>();
  private CausalContext heard = CausalContext.EMPTY;

  /** As the store has it. */
  Streams(Layout layout, Overlay store) {
    this.layout = layout;
    this.store = store;
    Octets prefix = layout.key(Layout.CHAIN);
    var intervals = new TreeMap<Octets, List<Interval>>();
    store.scan(
        prefix,
        Layout.after(prefix),
        (key, value) -> {
          StreamId id = new StreamId(key.from(prefix.size()).compact());
          Stream stream = Stream.decode(id, value);
          streams.put(id, stream);
          intervals.put(id.name(), stream.heard());
          return true;
        });
    heard = CausalContext.of(intervals);
  }

  /** What is known of one. */
  Stream get(StreamId id) {
    Stream stream = streams.get(id);
    return stream == null ? Stream.of(id) : stream;
  }

  /** All of which anything is known. */
  SortedMap<StreamId, Stream> all() {
    return streams;
  }

  /** What is heard of all. */
  CausalContext heard() {
    return heard;
  }

  /** More is heard; kept. */
  void hear(CausalContext more) {
    heard = heard.join(more);
    for (Octets actor : more.actors()) {
      StreamId id = new StreamId(actor);
      Stream was = get(id);
      put(id, new Stream(was.chain(), was.wholeFrom(), was.asOf(), heard.intervals(actor)));
    }
  }

  /** What a stream wrote under these numbers was not heard after all: its writer gave them up. */
  void unhear(StreamId id, Interval numbers) {
    heard = heard.minus(CausalContext.EMPTY.add(id.name(), numbers));
    Stream was = get(id);
    List<Interval> left = heard.intervals(id.name());
    if (left.isEmpty() && was.chain().head().isEmpty()) {
      streams.remove(id);
      store.remove(layout.chain(id));
    } else {
      put(id, new Stream(was.chain(), was.wholeFrom(), was.asOf(), left));
    }
  }

  /** Its chain has gone on. */
  void chain(Chain chain) {
    Stream was = get(chain.stream());
    Hlc clock = chain.head().map(it -> it.header().clock()).orElse(Hlc.ZERO);
    put(chain.stream(), new Stream(chain, was.wholeFrom(), later(was.asOf(), clock), was.heard()));
  }

  /** Its writer has gone on in two ways. */
  void fork(ForkProof proof) {
    chain(get(proof.stream()).chain().forked(proof));
  }

  /** Blocks before that number are not kept whole any more. */
  void wholeFrom(StreamId id, long number) {
    Stream was = get(id);
    put(id, new Stream(was.chain(), number, was.asOf(), was.heard()));
  }

  /** At that time of its writer's clock, nothing of it was missing here. */
  void asOf(StreamId id, Hlc at) {
    Stream was = get(id);
    if (at.compareTo(was.asOf()) > 0) {
      put(id, new Stream(was.chain(), was.wholeFrom(), at, was.heard()));
    }
  }

  /** A stream goes at least that far: its writer signed it. */
  void witness(SignedHeader header) {
    SortedMap<Long, SignedHeader> some =
        witnessed.computeIfAbsent(header.header().stream(), _ -> new TreeMap<>());
    some.put(last(header), header);
    if (some.size() > WITNESSES) {
      some.remove(some.firstKey());
    }
  }

  private static long last(SignedHeader header) {
    return header.header().covers().last();
  }

  /**
   * All that another replica holds is held here: what it knows is known here too, as far as the
   * writers' own headers vouch for it.
   */
  void adopt(Frontier frontier) {
    frontier.streams().forEach(this::adopt);
  }

  private void adopt(StreamId id, Frontier.Reach reach) {
    Stream stream = get(id);
    SignedHeader head = witnessed.getOrDefault(id, new TreeMap<>()).get(reach.last());
    long signed = Math.max(stream.chain().last(), head == null ? 0 : reach.last());
    // Of a forked stream nothing more is to come that could be spoiled.
    long most = stream.chain().fork().isPresent() ? Long.MAX_VALUE : signed;
    CausalContext more = CausalContext.EMPTY;
    for (Interval interval : reach.heard()) {
      if (interval.first() <= most) {
        more = more.add(id.name(), new Interval(interval.first(), Math.min(interval.last(), most)));
      }
    }
    hear(more);
    if (head != null && reach.last() > stream.chain().last() && stream.chain().isOpen()) {
      chain(stream.chain().caughtUp(head));
      wholeFrom(id, reach.last() + 1);
      witnessed.remove(id);
    }
  }

  private static Hlc later(Hlc one, Hlc other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private void put(StreamId id, Stream stream) {
    streams.put(id, stream);
    store.put(layout.chain(id), stream.encode());
  }
}
