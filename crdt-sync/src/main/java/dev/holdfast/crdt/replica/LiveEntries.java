package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.digest.SetHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * What is there: each entry of each leaf in a record of its own, so that one operation on a long
 * list touches one record, and the hash of all of it. {@link #apply} and {@link #meet} are the join
 * of {@link DotStore}, record by record.
 */
final class LiveEntries {
  private static final int HASH = 32;
  private static final int EXPECTED_BYTES = 64;

  private final Layout layout;
  private final Overlay store;
  private final Awaited awaited;
  private final CatchUps catchUps;
  private final ContentCodec contents;
  private final Bases bases;
  private final SetHash hash;
  private final Blake3Digest blake3 = new Blake3Digest(8 * HASH);
  private long count;
  private boolean changed;

  /**
   * As they were kept.
   *
   * @param kept their number and the hash of all of them
   */
  LiveEntries(
      Layout layout,
      Overlay store,
      Awaited awaited,
      CatchUps catchUps,
      CrdtLimits limits,
      Kept kept) {
    this.layout = layout;
    this.store = store;
    this.awaited = awaited;
    this.catchUps = catchUps;
    this.contents = ContentCodec.plain(limits);
    this.bases = new Bases(layout, store);
    this.hash = kept.hash;
    this.count = kept.count;
  }

  /**
   * What is kept of all entries together.
   *
   * @param count how many there are
   * @param hash of them
   */
  record Kept(long count, SetHash hash) {}

  /** How many entries. */
  long count() {
    return count;
  }

  /** The hash of them. */
  SetHash hash() {
    return hash;
  }

  /** Rows that what is pending replaced. */
  Bases bases() {
    return bases;
  }

  /** Whether anything changed since the last time this was asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** What a leaf holds. */
  DotStore read(Leaf leaf) {
    List<DotStore> parts = new ArrayList<>();
    scan(
        layout.key(Layout.ENTRY, Layout.leaf(leaf)),
        (key, value) -> {
          parts.add(decode(leaf, Layout.dotAtEnd(key), value));
          return true;
        });
    return DotStore.union(leaf.kind(), parts);
  }

  /** What each leaf holds whose place in keys begins with {@code prefix}; none holds nothing. */
  SortedMap<Leaf, DotStore> readAll(Octets prefix) {
    SortedMap<Leaf, List<DotStore>> parts = new TreeMap<>();
    scan(
        layout.key(Layout.ENTRY, prefix),
        (key, value) -> {
          Leaf leaf = Layout.leaf(Layout.leafOf(key));
          parts
              .computeIfAbsent(leaf, _ -> new ArrayList<>())
              .add(decode(leaf, Layout.dotAtEnd(key), value));
          return true;
        });
    SortedMap<Leaf, DotStore> leaves = new TreeMap<>();
    parts.forEach((leaf, some) -> leaves.put(leaf, DotStore.union(leaf.kind(), some)));
    return leaves;
  }

  private void scan(Octets prefix, TwinStore.Visitor visitor) {
    store.scan(prefix, Layout.after(prefix), visitor);
  }

  /** What an entry holds. */
  DotStore decode(Leaf leaf, Dot dot, Octets value) {
    CborReader from = new CborReader(value).in("crdt-sync/docs/0003, entry");
    from.array(2);
    Hlc at = Hlc.unpack(from.unsigned());
    return contents.read(from, leaf.kind(), dot, at);
  }

  private Octets encode(Operation operation) {
    var to = new CborWriter(EXPECTED_BYTES).array(2).unsigned(operation.at().packed());
    contents.write(to, operation.written());
    return to.end().finish();
  }

  /**
   * Joins with an operation that was not heard before.
   *
   * @param heard all that is heard once it is
   */
  void apply(Operation operation, CausalContext heard) {
    Octets leaf = Layout.leaf(operation.leaf());
    bases.remove(leaf, operation.replaced());
    takeAway(leaf, operation, heard);
    if (!operation.written().isEmpty()) {
      put(leaf, operation);
    }
  }

  /**
   * Joins with an operation that is made here. What it replaces of the writer's own rows, and
   * others have heard of, is kept until it is told.
   *
   * @param told the last number of its stream that others may have heard of
   * @param heard all that is heard once it is
   */
  void write(Operation operation, long told, CausalContext heard) {
    Octets leaf = Layout.leaf(operation.leaf());
    boolean row = operation.leaf().kind() == Kind.COUNTER || operation.leaf().kind() == Kind.STOCK;
    if (row && operation.written().isEmpty()) {
      bases.remove(leaf);
    } else if (row) {
      Octets own = operation.dot().actor();
      for (Interval interval : operation.replaced().intervals(own)) {
        for (Dot dot : dots(leaf, own, interval)) {
          if (dot.sequence() <= told) {
            bases.put(leaf, dot, store.get(layout.entry(leaf, dot)).orElseThrow());
          }
        }
      }
    }
    takeAway(leaf, operation, heard);
    if (!operation.written().isEmpty()) {
      Octets value = encode(operation);
      putBack(leaf, operation.dot(), value);
    }
  }

  /** An entry is there, whatever others say. */
  void putBack(Octets leaf, Dot dot, Octets value) {
    Octets key = layout.entry(leaf, dot);
    put(leaf, dot, value, element(key, value));
  }

  private void takeAway(Octets leaf, Operation operation, CausalContext heard) {
    CausalContext replaced = operation.replaced();
    for (Octets actor : replaced.actors()) {
      for (Interval interval : replaced.intervals(actor)) {
        if (interval.first() == interval.last()) {
          removeIfThere(leaf, new Dot(actor, interval.first()));
        } else {
          dots(leaf, actor, interval).forEach(dot -> remove(leaf, dot));
        }
      }
    }
    awaited.add(leaf, replaced.minus(heard));
  }

  /**
   * Joins a leaf with the whole of that leaf elsewhere.
   *
   * @param leaf as it stands in keys
   * @param theirs the operations that are live there
   * @param known what they know: of that, what they do not hold is gone
   * @param heard what is heard here
   * @return what was not heard before
   */
  CausalContext meet(
      Octets leaf, Collection<Operation> theirs, CausalContext known, CausalContext heard) {
    CausalContext held = CausalContext.EMPTY;
    for (Operation operation : theirs) {
      held = held.add(operation.dot());
    }
    for (Dot dot : dots(leaf)) {
      if (known.contains(dot) && !held.contains(dot)) {
        remove(leaf, dot);
      }
    }
    bases.remove(leaf, known.minus(held));
    CausalContext fresh = CausalContext.EMPTY;
    for (Operation operation : theirs) {
      if (!heard.contains(operation.dot())) {
        fresh = fresh.add(operation.dot());
        apply(operation, heard.join(fresh));
      } else if (!operation.written().isEmpty()) {
        shown(leaf, operation);
      }
    }
    return fresh;
  }

  /**
   * Something is there elsewhere that was heard of before. Another that has it still need not be
   * waited for any more. If it is not what is here, its writer has given one number twice, and both
   * go, everywhere: neither is what was heard of.
   */
  private void shown(Octets leaf, Operation operation) {
    Octets element = element(layout.entry(leaf, operation.dot()), encode(operation));
    catchUps.shown(element);
    store
        .get(layout.dot(operation.dot()))
        .filter(ours -> !ours.equals(Octets.concat(List.of(element, leaf))))
        .ifPresent(ours -> remove(ours.from(HASH).compact(), operation.dot()));
  }

  /** The dots of what a leaf holds. */
  List<Dot> dots(Octets leaf) {
    List<Dot> dots = new ArrayList<>();
    scan(
        layout.key(Layout.ENTRY, leaf),
        (key, _) -> {
          dots.add(Layout.dotAtEnd(key));
          return true;
        });
    return dots;
  }

  private List<Dot> dots(Octets leaf, Octets actor, Interval interval) {
    List<Dot> dots = new ArrayList<>();
    store.scan(
        layout.key(Layout.ENTRY, leaf, actor, Layout.number(interval.first())),
        layout.key(Layout.ENTRY, leaf, actor, Layout.number(interval.last() + 1)),
        (key, _) -> {
          dots.add(Layout.dotAtEnd(key));
          return true;
        });
    return dots;
  }

  private void put(Octets leaf, Operation operation) {
    Octets key = layout.entry(leaf, operation.dot());
    Octets value = encode(operation);
    Octets element = element(key, value);
    boolean gone = !catchUps.isEmpty() && catchUps.isGone(leaf, operation.dot(), element);
    if (gone || awaited.contains(leaf, operation.dot())) {
      return;
    }
    put(leaf, operation.dot(), value, element);
  }

  private void put(Octets leaf, Dot dot, Octets value, Octets element) {
    store.put(layout.entry(leaf, dot), value);
    store.put(layout.dot(dot), Octets.concat(List.of(element, leaf)));
    hash.add(element);
    count++;
    changed = true;
  }

  /** Takes an entry away. */
  void remove(Octets leaf, Dot dot) {
    Octets index = layout.dot(dot);
    remove(leaf, dot, index, store.get(index).orElseThrow());
  }

  /** One dot is looked up by itself: a range costs a store several times as much. */
  void removeIfThere(Octets leaf, Dot dot) {
    Octets index = layout.dot(dot);
    store
        .get(index)
        .filter(record -> record.from(HASH).equals(leaf))
        .ifPresent(record -> remove(leaf, dot, index, record));
  }

  private void remove(Octets leaf, Dot dot, Octets index, Octets record) {
    store.remove(layout.entry(leaf, dot));
    store.remove(index);
    hash.remove(record.slice(0, HASH));
    count--;
    changed = true;
  }

  /** An entry's hash: over where it is, who wrote it when, and what. */
  private Octets element(Octets key, Octets value) {
    update(key.from(Layout.PREFIX));
    update(value);
    byte[] out = new byte[HASH];
    blake3.doFinal(out, 0, HASH);
    return Octets.wrap(out);
  }

  private void update(Octets part) {
    part.read(
        (bytes, at, size) -> {
          blake3.update(bytes, at, size);
          return size;
        });
  }

  /** Is shown entries. */
  @FunctionalInterface
  interface Visitor {
    /**
     * An entry.
     *
     * @param dot who wrote it
     * @param element its hash
     * @param leaf where, as it stands in keys
     */
    void visit(Dot dot, Octets element, Octets leaf);
  }

  /** All entries, by writer and number. */
  void forEach(Visitor visitor) {
    scan(
        layout.key(Layout.DOT),
        (key, value) -> {
          visitor.visit(Layout.dotAtEnd(key), value.slice(0, HASH), value.from(HASH));
          return true;
        });
  }

  /** The hash of a dot's entry, if it is there and at that leaf. */
  Optional<Octets> element(Dot dot, Octets leaf) {
    return store
        .get(layout.dot(dot))
        .filter(record -> record.from(HASH).equals(leaf))
        .map(record -> record.slice(0, HASH));
  }

  /** Whether a dot's entry is there. */
  boolean isLive(Dot dot) {
    return store.get(layout.dot(dot)).isPresent();
  }

  /**
   * Leaves in the order of their keys, with the dots that they hold, until enough.
   *
   * @param from the first, as it stands in keys; empty from the very first on
   * @param most how many dots, about
   * @return by leaf; all leaves if it holds fewer dots
   */
  SortedMap<Octets, List<Dot>> leavesFrom(Octets from, int most) {
    SortedMap<Octets, List<Dot>> leaves = new TreeMap<>();
    int[] seen = new int[1];
    store.scan(
        layout.key(Layout.ENTRY, from),
        Layout.after(layout.key(Layout.ENTRY)),
        (key, _) -> {
          Octets leaf = Layout.leafOf(key);
          if (seen[0] >= most && !leaves.containsKey(leaf)) {
            return false;
          }
          seen[0]++;
          leaves.computeIfAbsent(leaf, _ -> new ArrayList<>()).add(Layout.dotAtEnd(key));
          return true;
        });
    return leaves;
  }

  /** The first leaf after another that holds something. */
  Optional<Octets> leafAfter(Octets leaf) {
    List<Octets> next = new ArrayList<>();
    Octets from = layout.key(Layout.ENTRY, leaf);
    store.scan(
        leaf.isEmpty() ? from : Layout.after(from),
        Layout.after(layout.key(Layout.ENTRY)),
        (key, _) -> {
          next.add(Layout.leafOf(key));
          return false;
        });
    return next.stream().findFirst();
  }

  /** The first thing after another that has entries. */
  Optional<String> thingAfter(Optional<String> thing) {
    List<String> next = new ArrayList<>();
    Octets from =
        thing
            .map(it -> Layout.after(layout.key(Layout.ENTRY, Layout.thing(it))))
            .orElseGet(() -> layout.key(Layout.ENTRY));
    store.scan(
        from,
        Layout.after(layout.key(Layout.ENTRY)),
        (key, _) -> {
          next.add(Layout.leaf(Layout.leafOf(key)).thing());
          return false;
        });
    return next.stream().findFirst();
  }

  /** The leaves held within a range, as they stand in keys. */
  List<Octets> leavesBetween(Octets from, Octets to) {
    var leaves = new TreeMap<Octets, Boolean>();
    Octets end =
        to.isEmpty() ? Layout.after(layout.key(Layout.ENTRY)) : layout.key(Layout.ENTRY, to);
    store.scan(
        layout.key(Layout.ENTRY, from),
        end,
        (key, _) -> {
          leaves.put(Layout.leafOf(key), true);
          return true;
        });
    return List.copyOf(leaves.keySet());
  }

  /** The dots of an operation's leaf and others, by leaf. */
  static SortedMap<Octets, List<Operation>> byLeaf(Collection<Operation> operations) {
    SortedMap<Octets, List<Operation>> by = new TreeMap<>();
    for (Operation operation : operations) {
      by.computeIfAbsent(Layout.leaf(operation.leaf()), _ -> new ArrayList<>()).add(operation);
    }
    return by;
  }
}
