package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What one operation writes, as octets and back: the content of a delta without its dot, its clock
 * and what it replaces, which whoever carries it says in its own way. Deterministic CBOR.
 *
 * <pre>
 *   nothing    null: what is replaced is only taken away
 *   register, set, blob
 *              the value as a byte string; a blob's id follows from it
 *   counter    [plus, minus]
 *   stock      [made, taken, [receiver, amount, receiver, amount, ...]]
 *   list       [way, index, value]; way is [actor, sequence, index, side, ...] for each step, side
 *              0 for left and 1 for right, or null for the way of the element before
 * </pre>
 *
 * <p>The waypoint of a list's element is not written: it is of the operation's own writer, and its
 * number follows from the dot and the index ({@link Position}).
 *
 * <p>Reading is total: whatever the octets, it gives a store that keeps the limits, or a {@link
 * dev.holdfast.bpv7.wire.WireException} with the place. One that remembers ways is for one run of
 * operations, in order, and one thread.
 */
public final class ContentCodec {
  private static final int STEP_ITEMS = 4;

  private final BiConsumer<CborWriter, Octets> writeActor;
  private final Function<CborReader, Octets> readActor;
  private final CrdtLimits limits;
  private final boolean remembers;
  private List<Position.Step> lastWay = List.of();

  private ContentCodec(
      BiConsumer<CborWriter, Octets> writeActor,
      Function<CborReader, Octets> readActor,
      CrdtLimits limits,
      boolean remembers) {
    this.writeActor = writeActor;
    this.readActor = readActor;
    this.limits = limits;
    this.remembers = remembers;
  }

  /** Each operation by itself, names in full: the form that is hashed. */
  public static ContentCodec plain(CrdtLimits limits) {
    return new ContentCodec(
        CborWriter::bytes, from -> from.bytes(Dot.ACTOR_SIZE).compact(), limits, false);
  }

  /**
   * Operations one after the other, a list's way said once.
   *
   * @param writeActor writes one item for a writer's name
   * @param readActor reads one item: a name of {@link Dot#ACTOR_SIZE} bytes
   * @param limits of what is read
   */
  public static ContentCodec compact(
      BiConsumer<CborWriter, Octets> writeActor,
      Function<CborReader, Octets> readActor,
      CrdtLimits limits) {
    return new ContentCodec(writeActor, readActor, limits, true);
  }

  /** The writers that are named within what is written, for who makes a table of them. */
  public static List<Octets> actors(DotStore written) {
    return switch (written) {
      case BoundedCounter stock ->
          stock.entries.values().stream()
              .flatMap(row -> row.given().stream())
              .map(BoundedCounter.Share::to)
              .toList();
      case CrdtList list ->
          list.entries.values().stream()
              .flatMap(element -> element.position().path().stream())
              .map(step -> step.waypoint().actor())
              .toList();
      case OrMap _, OrSet _, PnCounter _, MvRegister _, Blob _ -> List.of();
    };
  }

  /**
   * Writes one item.
   *
   * @throws IllegalArgumentException if it is a map, or holds more than one entry
   */
  public void write(CborWriter to, DotStore written) {
    if (!(written instanceof Entries<?> leaf) || leaf.entries.size() > 1) {
      throw new IllegalArgumentException("one operation does not write " + written);
    }
    if (leaf.isEmpty()) {
      to.nil();
      return;
    }
    switch (leaf) {
      case MvRegister register -> to.bytes(only(register.entries).getValue().value());
      case Blob blob -> to.bytes(only(blob.entries).getValue().value().octets());
      case OrSet set -> to.bytes(only(set.entries).getValue());
      case PnCounter counter -> {
        PnCounter.Tally tally = only(counter.entries).getValue();
        to.array(2).unsigned(tally.plus()).unsigned(tally.minus()).end();
      }
      case BoundedCounter stock -> row(to, only(stock.entries).getValue());
      case CrdtList list -> element(to, only(list.entries).getValue());
    }
  }

  private static <V> Map.Entry<Dot, V> only(SortedTree<Dot, V> entries) {
    return entries.at(0);
  }

  private void row(CborWriter to, BoundedCounter.Row row) {
    to.array(3).unsigned(row.made()).unsigned(row.taken()).array(2 * row.given().size());
    for (BoundedCounter.Share share : row.given()) {
      writeActor.accept(to, share.to());
      to.unsigned(share.amount());
    }
    to.end().end();
  }

  private void element(CborWriter to, CrdtList.Element element) {
    List<Position.Step> way = element.position().path();
    to.array(3);
    if (remembers && way.equals(lastWay)) {
      to.nil();
    } else {
      to.array(STEP_ITEMS * way.size());
      for (Position.Step step : way) {
        writeActor.accept(to, step.waypoint().actor());
        to.unsigned(step.waypoint().sequence()).integer(step.index());
        to.unsigned(step.side() == Position.Side.LEFT ? 0 : 1);
      }
      to.end();
      lastWay = way;
    }
    to.integer(element.position().index()).bytes(element.value()).end();
  }

  /**
   * Reads one item.
   *
   * @param kind of the leaf it is written to, not {@link Kind#MAP}
   * @param dot the operation's
   * @param at the operation's clock
   * @throws dev.holdfast.bpv7.wire.WireException if the octets are none of the above
   */
  public DotStore read(CborReader from, Kind kind, Dot dot, Hlc at) {
    int where = from.offset();
    boolean nothing = from.nextIsNull();
    if (nothing && kind == Kind.STOCK) {
      throw from.fault(where, "a stock cannot be removed");
    }
    return switch (kind) {
      case REGISTER ->
          nothing ? MvRegister.EMPTY : MvRegister.EMPTY.write(dot, at, value(from)).store();
      case SET -> nothing ? OrSet.EMPTY : OrSet.EMPTY.add(dot, value(from)).store();
      case BLOB -> nothing ? Blob.EMPTY : Blob.EMPTY.write(dot, at, blob(from)).store();
      case COUNTER ->
          nothing ? PnCounter.EMPTY : PnCounter.EMPTY.changed(List.of(), one(dot, tally(from)));
      case STOCK -> BoundedCounter.EMPTY.changed(List.of(), one(dot, row(from, dot)));
      case LIST ->
          nothing
              ? CrdtList.EMPTY
              : CrdtList.EMPTY.changed(List.of(), one(dot, element(from, dot)));
      case MAP -> throw new IllegalArgumentException("operations are written to leaves, not maps");
    };
  }

  private static <V> SortedTree<Dot, V> one(Dot dot, V value) {
    return SortedTree.of(dot, value);
  }

  private Octets value(CborReader from) {
    return bytes(from, limits.valueBytes(), "value");
  }

  private Blob.Content blob(CborReader from) {
    return Blob.Content.of(bytes(from, limits.blobBytes(), "blob"));
  }

  /** A copy: what is read may be kept for years, the input around it need not. */
  private static Octets bytes(CborReader from, int most, String what) {
    int where = from.offset();
    Octets bytes = from.bytes();
    if (bytes.size() > most) {
      throw from.fault(where, "a " + what + " of " + bytes.size() + " bytes, " + most + " at most");
    }
    return bytes.compact();
  }

  private static PnCounter.Tally tally(CborReader from) {
    from.array(2);
    return new PnCounter.Tally(amount(from, 0), amount(from, 0));
  }

  private BoundedCounter.Row row(CborReader from, Dot dot) {
    from.array(3);
    long made = amount(from, 0);
    long taken = amount(from, 0);
    int where = from.offset();
    int items = from.array();
    if (items % 2 != 0 || items / 2 > limits.shares()) {
      throw from.fault(
          where, items + " items, not two for each of " + limits.shares() + " receivers at most");
    }
    List<BoundedCounter.Share> given = new ArrayList<>(items / 2);
    for (int i = 0; i < items; i += 2) {
      where = from.offset();
      Octets to = readActor.apply(from);
      if (to.equals(dot.actor())) {
        throw from.fault(where, "a writer gives to others, not to itself");
      }
      if (!given.isEmpty() && given.getLast().to().compareTo(to) >= 0) {
        throw from.fault(where, "receivers come in the order of their names, each once");
      }
      given.add(new BoundedCounter.Share(to, amount(from, 1)));
    }
    return new BoundedCounter.Row(made, taken, given);
  }

  private CrdtList.Element element(CborReader from, Dot dot) {
    from.array(3);
    int where = from.offset();
    if (!remembers || !from.nextIsNull()) {
      List<Position.Step> way = way(from);
      if (remembers && way.equals(lastWay)) {
        throw from.fault(where, "the way of the element before is said again");
      }
      lastWay = way;
    }
    where = from.offset();
    long index = from.integer();
    if (index == Long.MIN_VALUE || Math.abs(index) >= dot.sequence()) {
      throw from.fault(where, "the index " + index + " needs a waypoint before the first write");
    }
    Dot waypoint = new Dot(dot.actor(), dot.sequence() - Math.abs(index));
    return new CrdtList.Element(new Position(lastWay, waypoint, index), value(from));
  }

  private List<Position.Step> way(CborReader from) {
    int where = from.offset();
    int items = from.array();
    if (items % STEP_ITEMS != 0 || items / STEP_ITEMS > limits.positionSteps()) {
      throw from.fault(
          where,
          items + " items, not four for each of " + limits.positionSteps() + " steps at most");
    }
    List<Position.Step> way = new ArrayList<>(items / STEP_ITEMS);
    for (int i = 0; i < items; i += STEP_ITEMS) {
      Dot waypoint = new Dot(readActor.apply(from), amount(from, 1));
      where = from.offset();
      long index = from.integer();
      if (index == Long.MIN_VALUE || Math.abs(index) > Long.MAX_VALUE - waypoint.sequence()) {
        throw from.fault(where, "there is no index " + index + " at " + waypoint);
      }
      Position.Side side = from.unsigned(1) == 0 ? Position.Side.LEFT : Position.Side.RIGHT;
      way.add(new Position.Step(waypoint, index, side));
    }
    return List.copyOf(way);
  }

  private static long amount(CborReader from, long least) {
    int where = from.offset();
    long amount = from.unsigned();
    if (amount < least) {
      throw from.fault(
          where, Long.toUnsignedString(amount) + " is not within " + least + " and 2^63 - 1");
    }
    return amount;
  }
}
