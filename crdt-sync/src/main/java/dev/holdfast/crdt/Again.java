package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.TreeMap;

/**
 * What an operation wrote, under another dot: a writer that gives up the numbers it gave to what
 * nobody has heard of yet says the same again in another stream.
 */
public final class Again {
  private Again() {}

  /**
   * The same under another dot.
   *
   * @param written one entry, of anything but a list: see {@link CrdtList#again}
   * @param dot of a stream that has written nothing there yet
   * @param before of a counter or a stock, the writer's row that the operation went on from: only
   *     the difference is the new writer's; empty if it went on from nothing
   */
  public static DotStore of(DotStore written, Dot dot, DotStore before) {
    return switch (written) {
      case MvRegister it ->
          MvRegister.EMPTY.changed(List.of(), SortedTree.of(dot, only(it.entries)));
      case Blob it -> Blob.EMPTY.changed(List.of(), SortedTree.of(dot, only(it.entries)));
      case OrSet it -> OrSet.EMPTY.changed(List.of(), SortedTree.of(dot, only(it.entries)));
      case PnCounter it -> {
        PnCounter.Tally row = only(it.entries);
        if (before instanceof PnCounter counter && !counter.isEmpty()) {
          PnCounter.Tally base = last(counter.entries);
          row = new PnCounter.Tally(row.plus() - base.plus(), row.minus() - base.minus());
        }
        yield PnCounter.EMPTY.changed(List.of(), SortedTree.of(dot, row));
      }
      case BoundedCounter it -> {
        BoundedCounter.Row row = only(it.entries);
        if (before instanceof BoundedCounter stock && !stock.isEmpty()) {
          row = beyond(row, last(stock.entries));
        }
        yield BoundedCounter.EMPTY.changed(List.of(), SortedTree.of(dot, row));
      }
      case CrdtList _, OrMap _ ->
          throw new IllegalArgumentException("not written again by itself: " + written);
    };
  }

  private static <V> V only(SortedTree<Dot, V> entries) {
    if (entries.size() != 1) {
      throw new IllegalArgumentException("one operation does not write " + entries);
    }
    return entries.at(0).getValue();
  }

  private static <V> V last(SortedTree<Dot, V> entries) {
    return entries.at(entries.size() - 1).getValue();
  }

  private static BoundedCounter.Row beyond(BoundedCounter.Row row, BoundedCounter.Row base) {
    var given = new TreeMap<Octets, BoundedCounter.Share>();
    row.given().forEach(share -> given.put(share.to(), share));
    for (BoundedCounter.Share share : base.given()) {
      given.computeIfPresent(
          share.to(),
          (to, all) ->
              all.amount() > share.amount()
                  ? new BoundedCounter.Share(to, all.amount() - share.amount())
                  : null);
    }
    return new BoundedCounter.Row(
        row.made() - base.made(), row.taken() - base.taken(), List.copyOf(given.values()));
  }
}
