package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The light times of a plan under ION's rule: a range from the lower to the higher node number also
 * holds for the way back, wherever no range of the way back says otherwise; one from the higher to
 * the lower says nothing about the way back.
 */
final class IonRanges {
  private final TreeMap<NodeNumber, TreeMap<NodeNumber, List<Range>>> stated = new TreeMap<>();

  /** Sorts the ranges and reports, or repairs, those of a pair that contradict each other. */
  IonRanges(List<DeclaredRange> declared, Tolerance tolerance, Findings findings) {
    List<DeclaredRange> sorted = new ArrayList<>(declared);
    sorted.sort(
        Comparator.<DeclaredRange, NodeNumber>comparing(d -> d.range().from())
            .thenComparing(d -> d.range().to())
            .thenComparing(d -> d.range().start())
            .thenComparingInt(d -> d.position().line()));
    int lastLine = 0;
    for (DeclaredRange next : sorted) {
      Range range = next.range();
      List<Range> ofPair =
          stated
              .computeIfAbsent(range.from(), _ -> new TreeMap<>())
              .computeIfAbsent(range.to(), _ -> new ArrayList<>());
      Range last = ofPair.isEmpty() ? null : ofPair.getLast();
      if (last != null && range.start().isBefore(last.end())) {
        if (range.owltMillis() != last.owltMillis()) {
          report(next, lastLine, tolerance, findings);
        }
        if (!range.end().isAfter(last.end())) {
          continue;
        }
        range = range.between(last.end(), range.end());
      }
      ofPair.add(range);
      lastLine = next.position().line();
    }
  }

  private static void report(
      DeclaredRange here, int otherLine, Tolerance tolerance, Findings findings) {
    findings.contradiction(
        tolerance,
        here.position(),
        "range %s>%s overlaps the one of line %d, which has another light time"
            .formatted(here.range().from(), here.range().to(), otherLine),
        "let one end by the start of the other",
        "the earlier one holds until its end");
  }

  /** Splits a contact where its light time changes, and leaves out what no range covers. */
  void join(Declared declared, MissingRange missingRange, Findings findings, List<Contact> joined) {
    Contact whole = Declarations.contact(declared);
    List<Range> pieces = over(whole.from(), whole.to(), whole.start(), whole.end());
    if (missingRange == MissingRange.ZERO) {
      pieces = filled(whole, pieces);
    }
    long covered = 0;
    for (Range piece : pieces) {
      joined.add(
          new Contact(
              whole.from(),
              whole.to(),
              piece.start(),
              piece.end(),
              whole.bytesPerSecond(),
              piece.owltMillis(),
              whole.confidence()));
      covered += piece.end().millis() - piece.start().millis();
    }
    long missing = whole.durationMillis() - covered;
    if (missing > 0) {
      findings.warning(
          declared.position().line(),
          declared.position().column(),
          "no range gives contact %s>%s a light time%s"
              .formatted(
                  whole.from(),
                  whole.to(),
                  covered == 0 ? "" : " for " + TimeText.span(missing) + " of it"),
          "it is not used then; add 'a range' for its window");
    }
  }

  private static List<Range> filled(Contact whole, List<Range> pieces) {
    List<Range> filled = new ArrayList<>();
    DtnTime at = whole.start();
    for (Range piece : pieces) {
      if (at.isBefore(piece.start())) {
        add(filled, new Range(whole.from(), whole.to(), at, piece.start(), 0));
      }
      add(filled, piece);
      at = piece.end();
    }
    if (at.isBefore(whole.end())) {
      add(filled, new Range(whole.from(), whole.to(), at, whole.end(), 0));
    }
    return filled;
  }

  /**
   * The light times of a window, piece by piece: ascending, disjoint, within the window, pieces of
   * the same light time that touch made one. What no range covers is missing.
   */
  private List<Range> over(NodeNumber from, NodeNumber to, DtnTime start, DtnTime end) {
    List<Range> pieces = new ArrayList<>();
    List<Range> own = stated.getOrDefault(from, new TreeMap<>()).getOrDefault(to, List.of());
    List<Range> back =
        to.compareTo(from) < 0
            ? stated.getOrDefault(to, new TreeMap<>()).getOrDefault(from, List.of())
            : List.of();
    DtnTime at = start;
    for (int i = firstEndingAfter(own, start); i < own.size(); i++) {
      Range range = own.get(i);
      if (!range.start().isBefore(end)) {
        break;
      }
      if (at.isBefore(range.start())) {
        addReversed(back, at, range.start(), pieces);
      }
      add(pieces, range.between(start, end));
      at = range.end();
    }
    if (at.isBefore(end)) {
      addReversed(back, at, end, pieces);
    }
    return pieces;
  }

  private static void addReversed(
      List<Range> back, DtnTime start, DtnTime end, List<Range> pieces) {
    for (int i = firstEndingAfter(back, start); i < back.size(); i++) {
      Range range = back.get(i);
      if (!range.start().isBefore(end)) {
        break;
      }
      add(pieces, range.reversed().between(start, end));
    }
  }

  /** Appends a piece, joined to the last one where both touch and agree. */
  private static void add(List<Range> pieces, Range piece) {
    Range last = pieces.isEmpty() ? null : pieces.getLast();
    if (last != null
        && last.end().equals(piece.start())
        && last.owltMillis() == piece.owltMillis()) {
      pieces.set(
          pieces.size() - 1,
          new Range(piece.from(), piece.to(), last.start(), piece.end(), piece.owltMillis()));
    } else {
      pieces.add(piece);
    }
  }

  private static int firstEndingAfter(List<Range> disjoint, DtnTime time) {
    int low = 0;
    int high = disjoint.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (disjoint.get(middle).end().isAfter(time)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
