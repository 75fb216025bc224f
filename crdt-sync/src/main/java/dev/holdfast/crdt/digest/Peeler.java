package dev.holdfast.crdt.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the difference of two sets from the sketches of both: a cell in which one item alone
 * differs names it, it is taken out of all its cells, and others become such cells.
 *
 * <p>Cells may come in any order, some never and some twice; more of them may come later. The work
 * is bounded by the cells given, whatever is in them: no more items are found than there are cells.
 * For one thread.
 */
public final class Peeler {
  /** What comes of it. */
  public sealed interface Outcome {
    /**
     * Everything that the cells tell of is found. Whether that is all that differs, the hashes of
     * the sets tell.
     *
     * @param onlyTheirs names of what only they have, in the order found
     * @param onlyOurs names of what only we have
     */
    record Whole(List<Long> onlyTheirs, List<Long> onlyOurs) implements Outcome {
      /** Keeps its own copies. */
      public Whole {
        onlyTheirs = List.copyOf(onlyTheirs);
        onlyOurs = List.copyOf(onlyOurs);
      }
    }

    /**
     * More cells are needed. What is found is nearly always right, but nothing says so.
     *
     * @param found how many differences
     * @param cells how many cells there are
     */
    record Partial(int found, int cells) implements Outcome {}

    /**
     * These are no sketches of two sets under one salt.
     *
     * @param why for people
     */
    record Refused(String why) implements Outcome {}
  }

  /** The difference of the two sketches in one stream, as far as it is known. */
  private static final class Stream {
    private final BitSet known = new BitSet();
    private final BitSet fresh = new BitSet();
    private long[] sums = new long[0];
    private int[] checks = new int[0];
    private int[] counts = new int[0];

    void grow(int cells) {
      if (cells > sums.length) {
        sums = Arrays.copyOf(sums, cells);
        checks = Arrays.copyOf(checks, cells);
        counts = Arrays.copyOf(counts, cells);
      }
    }

    /** A cell with one item more on one side may name it. */
    void offer(List<Place> candidates, int number, int cell) {
      if (counts[cell] == 1 || counts[cell] == -1) {
        candidates.add(new Place(number, cell));
      }
    }

    boolean isEmpty(int cell) {
      return sums[cell] == 0 && checks[cell] == 0 && counts[cell] == 0;
    }
  }

  private record Place(int stream, int cell) {}

  private final Stream[] streams = new Stream[CellRange.MOST_STREAMS];
  private final List<Place> candidates = new ArrayList<>();
  private final List<Long> onlyTheirs = new ArrayList<>();
  private final List<Long> onlyOurs = new ArrayList<>();
  private final Set<Long> found = new HashSet<>();
  private int cells;
  private String refused = "";

  /** Nothing is known yet. */
  public Peeler() {
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new Stream();
    }
  }

  /**
   * Takes cells of both sketches and looks what they tell.
   *
   * @param theirs of their sketch
   * @param ours the same cells of ours
   * @throws IllegalArgumentException if they are not the same cells
   */
  public Outcome add(Cells theirs, Cells ours) {
    CellRange range = theirs.range();
    if (!range.equals(ours.range())) {
      throw new IllegalArgumentException("theirs are " + range + ", ours " + ours.range());
    }
    Stream stream = streams[range.stream()];
    if (range.count() > 0) {
      stream.grow(range.cell(range.count() - 1) + 1);
    }
    for (int i = 0; i < range.count(); i++) {
      int cell = range.cell(i);
      if (!stream.known.get(cell)) {
        stream.known.set(cell);
        stream.fresh.set(cell);
        stream.sums[cell] = theirs.sum(i) ^ ours.sum(i);
        stream.checks[cell] = theirs.check(i) ^ ours.check(i);
        stream.counts[cell] = theirs.count(i) - ours.count(i);
        stream.offer(candidates, range.stream(), cell);
        cells++;
      }
    }
    onlyTheirs.forEach(item -> takeOut(item, 1, range.stream(), stream.fresh));
    onlyOurs.forEach(item -> takeOut(item, -1, range.stream(), stream.fresh));
    stream.fresh.clear();
    peel();
    return outcome();
  }

  private void peel() {
    while (!candidates.isEmpty() && refused.isEmpty()) {
      Place place = candidates.removeLast();
      Stream stream = streams[place.stream];
      long item = stream.sums[place.cell];
      int sign = stream.counts[place.cell];
      if ((sign == 1 || sign == -1) && stream.checks[place.cell] == Places.check(item)) {
        found(item, sign);
      }
    }
  }

  private void found(long item, int sign) {
    if (!found.add(item)) {
      refused = "an item is found twice";
      return;
    }
    if (found.size() > cells) {
      refused = "more items are found than there are cells";
      return;
    }
    (sign > 0 ? onlyTheirs : onlyOurs).add(item);
    for (int s = 0; s < streams.length; s++) {
      takeOut(item, sign, s, streams[s].known);
    }
  }

  private void takeOut(long item, int sign, int number, BitSet where) {
    Stream stream = streams[number];
    int end = where.length();
    int check = Places.check(item);
    Places places = new Places(item, number);
    for (; places.place() < end; places.next()) {
      int cell = (int) places.place();
      if (where.get(cell)) {
        stream.sums[cell] ^= item;
        stream.checks[cell] ^= check;
        stream.counts[cell] -= sign;
        stream.offer(candidates, number, cell);
      }
    }
  }

  /** How many cells came. */
  public int cells() {
    return cells;
  }

  /** What is known now. */
  public Outcome outcome() {
    if (!refused.isEmpty()) {
      return new Outcome.Refused(refused);
    }
    boolean whole = cells > 0;
    for (Stream stream : streams) {
      for (int c = stream.known.nextSetBit(0);
          c >= 0 && whole;
          c = stream.known.nextSetBit(c + 1)) {
        whole = stream.isEmpty(c);
      }
    }
    return whole
        ? new Outcome.Whole(onlyTheirs, onlyOurs)
        : new Outcome.Partial(found.size(), cells);
  }
}
