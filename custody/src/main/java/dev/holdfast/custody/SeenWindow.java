package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of 256 consecutive sequence numbers of one source and creation time: runs of
 * whole bundles, and extents of fragments.
 *
 * <p>A window ends as a whole, so a run never makes old numbers outlive their time by more than
 * their neighbours' lifetime. That matters for sources without a clock, which begin again at zero
 * after a restart (RFC 9171 §4.2.7).
 *
 * @param until after this none of it need be remembered
 * @param runs sequence offsets of whole bundles, ascending, apart by at least one
 * @param parts extents of fragments, by sequence offset and position, apart by at least one byte
 */
public record SeenWindow(DtnTime until, List<Run> runs, List<Part> parts) {
  /** Fragment extents kept in one window; beyond it those of the lowest numbers are dropped. */
  public static final int PARTS_MAX = 256;

  /** Keeps unmodifiable copies. */
  public SeenWindow {
    runs = List.copyOf(runs);
    parts = List.copyOf(parts);
  }

  /**
   * Consecutive sequence numbers.
   *
   * @param first offset of the first in the window, 0..255
   * @param last offset of the last, 0..255
   */
  public record Run(int first, int last) {}

  /**
   * Consecutive bytes of one application data unit.
   *
   * @param offset offset of its sequence number in the window, 0..255
   * @param from first byte, unsigned
   * @param to one past the last byte, unsigned
   */
  public record Part(int offset, long from, long to) {}

  static SeenWindow empty() {
    return new SeenWindow(DtnTime.UNKNOWN, List.of(), List.of());
  }

  /** Whether a bundle, or all bytes of a fragment, is remembered. */
  boolean covers(BundleId id) {
    int offset = SeenKey.offsetOf(id);
    for (Run run : runs) {
      if (run.first <= offset && offset <= run.last) {
        return true;
      }
    }
    return id.extent().isPresent() && coversPart(part(offset, id.extent().get()));
  }

  private boolean coversPart(Part wanted) {
    for (Part part : parts) {
      if (part.offset == wanted.offset
          && Long.compareUnsigned(part.from, wanted.from) <= 0
          && Long.compareUnsigned(wanted.to, part.to) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** This and one more bundle or fragment. */
  SeenWindow with(BundleId id, DtnTime alsoUntil) {
    DtnTime later = DtnTime.max(until, alsoUntil);
    int offset = SeenKey.offsetOf(id);
    if (covers(id)) {
      return new SeenWindow(later, runs, parts);
    }
    if (id.extent().isPresent()) {
      return new SeenWindow(later, runs, merged(part(offset, id.extent().get())));
    }
    // The whole covers its fragments, so their extents need not be kept.
    List<Part> others = parts.stream().filter(p -> p.offset != offset).toList();
    return new SeenWindow(later, merged(offset), others);
  }

  private List<Run> merged(int offset) {
    List<Run> result = new ArrayList<>(runs.size() + 1);
    Run grown = new Run(offset, offset);
    for (Run run : runs) {
      if (run.last + 1 < grown.first) {
        result.add(run);
      } else if (grown.last + 1 < run.first) {
        result.add(grown);
        grown = run;
      } else {
        grown = new Run(Math.min(run.first, grown.first), Math.max(run.last, grown.last));
      }
    }
    result.add(grown);
    return result;
  }

  private List<Part> merged(Part added) {
    List<Part> result = new ArrayList<>(parts.size() + 1);
    Part grown = added;
    for (Part part : parts) {
      if (isBefore(part, grown)) {
        result.add(part);
      } else if (isBefore(grown, part)) {
        result.add(grown);
        grown = part;
      } else {
        grown =
            new Part(
                part.offset, minUnsigned(part.from, grown.from), maxUnsigned(part.to, grown.to));
      }
    }
    result.add(grown);
    return result.size() > PARTS_MAX ? result.subList(1, result.size()) : result;
  }

  private static boolean isBefore(Part a, Part b) {
    return a.offset != b.offset ? a.offset < b.offset : Long.compareUnsigned(a.to, b.from) < 0;
  }

  private static Part part(int offset, BundleId.Extent extent) {
    long end = extent.end();
    boolean wrapped = Long.compareUnsigned(end, extent.offset()) < 0;
    return new Part(offset, extent.offset(), wrapped ? -1L : end);
  }

  private static long minUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  private static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }
}
