package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.digest.SketchKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of whose states are in. What another knows counts here only for the leaves that were
 * compared with his, until all were: then it is known here too.
 *
 * <p>In memory: after a restart what is missing is found again.
 */
final class CatchUps {
  /** States that are being caught up with at once; the oldest is given up. */
  private static final int MOST = 8;

  /** One state that is on its way. */
  private static final class CatchUp {
    private Frontier frontier;
    private CausalContext known;
    private final TreeMap<Octets, Octets> ranges = new TreeMap<>();
    private final Set<Long> missing = new HashSet<>();
    private final @Nullable SketchKey names;

    CatchUp(Frontier frontier, @Nullable SketchKey names) {
      this.frontier = frontier;
      this.known = frontier.heard();
      this.names = names;
    }

    void atMost(Frontier other) {
      frontier = frontier.common(other);
      known = frontier.heard();
    }

    boolean covers(Octets leaf) {
      Map.Entry<Octets, Octets> range = ranges.floorEntry(leaf);
      return range != null && (range.getValue().isEmpty() || leaf.compareTo(range.getValue()) < 0);
    }

    void add(Octets from, Octets to) {
      Octets begin = from;
      Octets end = to;
      Map.Entry<Octets, Octets> before = ranges.floorEntry(begin);
      if (before != null && reaches(before.getValue(), begin)) {
        begin = before.getKey();
        end = later(end, before.getValue());
      }
      Map.Entry<Octets, Octets> next = ranges.ceilingEntry(begin);
      while (next != null && reaches(end, next.getKey())) {
        end = later(end, next.getValue());
        ranges.remove(next.getKey());
        next = ranges.ceilingEntry(begin);
      }
      ranges.put(begin, end);
    }

    private static boolean reaches(Octets end, Octets other) {
      return end.isEmpty() || end.compareTo(other) >= 0;
    }

    private static Octets later(Octets one, Octets other) {
      if (one.isEmpty() || other.isEmpty()) {
        return Octets.EMPTY;
      }
      return one.compareTo(other) >= 0 ? one : other;
    }

    boolean isComplete() {
      Octets end = ranges.get(Octets.EMPTY);
      return names != null ? missing.isEmpty() : end != null && end.isEmpty();
    }
  }

  private final LinkedHashMap<Octets, CatchUp> open = new LinkedHashMap<>();

  /**
   * A range of a state is in.
   *
   * @param id of the state
   * @param frontier how far it was when that range was read
   * @param from the first leaf, as in keys; empty from the first
   * @param to the leaf after the last; empty to the last
   */
  void range(Octets id, Frontier frontier, Octets from, Octets to) {
    CatchUp one = open.computeIfAbsent(id, _ -> new CatchUp(frontier, null));
    one.atMost(frontier);
    one.add(from, to);
    limit();
  }

  /**
   * All leaves were compared with those of a state.
   *
   * @param id of the state
   * @param frontier how far it was
   * @param names how entries were called
   * @param missing the names of entries that only it has
   */
  void compared(Octets id, Frontier frontier, SketchKey names, Set<Long> missing) {
    CatchUp one = new CatchUp(frontier, names);
    one.missing.addAll(missing);
    open.remove(id);
    open.put(id, one);
    limit();
  }

  private void limit() {
    if (open.size() > MOST) {
      open.remove(open.keySet().iterator().next());
    }
  }

  /**
   * An entry has come.
   *
   * @return whether it is known to be gone: it was not at its leaf elsewhere
   */
  boolean isGone(Octets leaf, Dot dot, Octets element) {
    boolean gone = false;
    for (CatchUp one : open.values()) {
      if (one.names == null) {
        gone |= one.covers(leaf) && one.known.contains(dot);
      } else {
        boolean missed = one.missing.remove(one.names.names().of(element));
        gone |= !missed && one.known.contains(dot);
      }
    }
    return gone;
  }

  /** An entry has come whose fate is known here already. */
  void shown(Octets element) {
    for (CatchUp one : open.values()) {
      if (one.names != null) {
        one.missing.remove(one.names.names().of(element));
      }
    }
  }

  /** Whether nothing is on its way. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Which states are complete: they are forgotten, and how far they were is given. */
  List<Frontier> takeComplete() {
    List<Frontier> complete = new ArrayList<>();
    open.values()
        .removeIf(
            one -> {
              boolean done = one.isComplete();
              if (done) {
                complete.add(one.frontier);
              }
              return done;
            });
    return complete;
  }
}
