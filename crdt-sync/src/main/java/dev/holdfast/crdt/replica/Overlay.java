package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store as it will be once all that was decided is committed. What is decided in one turn is
 * {@linkplain #drain() taken} as changes; it is seen here until the store below has it. For one
 * thread.
 */
public final class Overlay implements TwinStore {
  private record Decided(Optional<Octets> value, long turn) {}

  private final TwinStore below;
  private final TreeMap<Octets, Decided> decided = new TreeMap<>();
  private long turn;

  /** Over what is committed. */
  public Overlay(TwinStore below) {
    this.below = below;
  }

  @Override
  public Optional<Octets> get(Octets key) {
    Decided newest = decided.get(key);
    return newest != null ? newest.value : below.get(key);
  }

  @Override
  public void scan(Octets from, Octets to, Visitor visitor) {
    var ours = new Ahead(decided.subMap(from, true, to, false).entrySet().iterator(), visitor);
    below.scan(
        from,
        to,
        (key, value) -> {
          boolean ends = !ours.upTo(key);
          return !ends && (decided.containsKey(key) || ours.visit(key, value));
        });
    ours.rest();
  }

  /** Those of our records that come before one of the store below. */
  private static final class Ahead {
    private final Iterator<Map.Entry<Octets, Decided>> records;
    private final Visitor visitor;
    private Map.@Nullable Entry<Octets, Decided> next;
    private boolean ended;

    Ahead(Iterator<Map.Entry<Octets, Decided>> records, Visitor visitor) {
      this.records = records;
      this.visitor = visitor;
      this.next = records.hasNext() ? records.next() : null;
    }

    /** Shows all up to {@code key}, that one included; whether to go on. */
    boolean upTo(Octets key) {
      for (var due = next; !ended && due != null && due.getKey().compareTo(key) <= 0; due = next) {
        show(due);
      }
      return !ended;
    }

    void rest() {
      for (var due = next; !ended && due != null; due = next) {
        show(due);
      }
    }

    boolean visit(Octets key, Octets value) {
      ended = !visitor.visit(key, value);
      return !ended;
    }

    private void show(Map.Entry<Octets, Decided> record) {
      next = records.hasNext() ? records.next() : null;
      record.getValue().value.ifPresent(value -> visit(record.getKey(), value));
    }
  }

  /** The record shall have that value. */
  void put(Octets key, Octets value) {
    decided.put(key, new Decided(Optional.of(value), turn));
  }

  /** The record shall be gone. */
  void remove(Octets key) {
    decided.put(key, new Decided(Optional.empty(), turn));
  }

  /** What was decided since the last time, to be committed as one batch, in this order. */
  public List<TwinChange> drain() {
    List<TwinChange> changes = new ArrayList<>();
    decided.forEach(
        (key, it) -> {
          if (it.turn == turn) {
            changes.add(
                it.value
                    .<TwinChange>map(value -> new TwinChange.Put(key, value))
                    .orElseGet(() -> new TwinChange.Remove(key)));
          }
        });
    turn++;
    return changes;
  }

  /** The number of the turn whose changes {@link #drain()} gave last. */
  public long lastDrained() {
    return turn - 1;
  }

  /** The store below has all changes up to that turn. */
  public void committed(long through) {
    decided.values().removeIf(it -> it.turn <= through);
  }
}
