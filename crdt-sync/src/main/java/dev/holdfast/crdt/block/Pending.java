package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Operations of a stream that nobody else has heard of. One that a later one of the same leaf
 * replaced is not kept, nor is one that only took away and after which the leaf was written again:
 * what they replaced is replaced by the later one instead, or it would never be told. What is left
 * says, once joined, just what all of them would have said.
 *
 * <p>So nothing of these may leave otherwise, as part of a state for instance, before they are
 * {@linkplain #drain drained}. After a crash the same operations, added anew, give the same.
 * Mutable; for one thread.
 */
public final class Pending {
  private final StreamId stream;
  private final TreeMap<Long, Operation> operations = new TreeMap<>();
  private final Map<Leaf, Long> latest = new TreeMap<>();
  private long first;
  private long next;
  private Hlc clock;

  /**
   * Nothing is pending yet.
   *
   * @param stream whose operations
   * @param first the number of its next operation
   * @param clock its last operation's
   */
  public Pending(StreamId stream, long first, Hlc clock) {
    this.stream = stream;
    this.first = first;
    this.next = first;
    this.clock = clock;
  }

  /**
   * What was pending when it was last kept, so that who keeps it need not keep what was taken in.
   *
   * @param stream whose operations
   * @param first the first number that is pending
   * @param next the number of the next operation
   * @param clock the last operation's
   * @param left what is left of those between, in order
   */
  public static Pending restore(
      StreamId stream, long first, long next, Hlc clock, List<Operation> left) {
    var pending = new Pending(stream, first, clock);
    pending.next = next;
    for (Operation operation : left) {
      pending.operations.put(operation.sequence(), operation);
      pending.latest.put(operation.leaf(), operation.sequence());
    }
    return pending;
  }

  /**
   * What became of an operation that was added.
   *
   * @param gone the numbers of those that it took in
   * @param kept what is pending of it; empty if it only took away what nobody has heard of
   */
  public record Added(List<Long> gone, Optional<Operation> kept) {
    /** Keeps its own copy. */
    public Added {
      gone = List.copyOf(gone);
    }
  }

  /**
   * Takes the stream's next operation.
   *
   * @throws IllegalArgumentException if it is not the next one, or replaces one of another leaf
   */
  public Added add(Operation operation) {
    if (!operation.dot().equals(stream.dot(next)) || operation.at().compareTo(clock) <= 0) {
      throw new IllegalArgumentException(
          operation.dot() + " at " + operation.at() + " does not follow on " + (next - 1));
    }
    CausalContext replaced = operation.replaced();
    List<Long> gone = new ArrayList<>();
    for (Operation before : takenInBy(operation)) {
      gone.add(before.sequence());
      operations.remove(before.sequence());
      replaced = replaced.join(before.replaced());
    }
    next++;
    clock = operation.at();
    replaced = replaced.minus(unheard());
    if (operation.written().isEmpty() && replaced.isEmpty()) {
      latest.remove(operation.leaf());
      return new Added(gone, Optional.empty());
    }
    var kept =
        new Operation(
            operation.dot(), operation.leaf(), operation.at(), operation.written(), replaced);
    operations.put(operation.sequence(), kept);
    latest.put(operation.leaf(), operation.sequence());
    return new Added(gone, Optional.of(kept));
  }

  private List<Operation> takenInBy(Operation operation) {
    List<Operation> taken = new ArrayList<>();
    for (Interval interval : operation.replaced().intervals(stream.name())) {
      Collection<Operation> gone =
          operations.subMap(interval.first(), true, interval.last(), true).values();
      for (Operation one : gone) {
        if (!one.leaf().equals(operation.leaf())) {
          throw new IllegalArgumentException(
              operation.dot() + " at " + operation.leaf() + " replaces one at " + one.leaf());
        }
        taken.add(one);
      }
    }
    Long before = latest.get(operation.leaf());
    Operation last = before == null ? null : operations.get(before);
    if (last != null && last.written().isEmpty()) {
      taken.add(last);
    }
    return taken;
  }

  /** The stream's own numbers that nobody has heard of: whoever hears of one hears of all. */
  private CausalContext unheard() {
    Octets name = stream.name();
    return CausalContext.EMPTY.add(name, new Interval(first, next - 1));
  }

  /** The number of the next operation. */
  public long next() {
    return next;
  }

  /** The clock of the last operation. */
  public Hlc clock() {
    return clock;
  }

  /**
   * The next operation comes after {@code other}, as far as that may be followed.
   *
   * @see Hlc#witness
   */
  public void witness(Hlc other, long wallMillis, long driftMillis) {
    clock = clock.witness(other, wallMillis, driftMillis);
  }

  /** How many numbers are pending. */
  public long numbers() {
    return next - first;
  }

  /** What is left of them, in order. */
  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /** How many operations are left of them. */
  public int size() {
    return operations.size();
  }

  /**
   * All that is pending, for as many blocks as it takes; then nothing is pending.
   *
   * @param most operations in a block
   * @param bytes of operations in plain form after which a block ends; one more may pass it
   */
  public List<Draft> drain(int most, int bytes) {
    List<Draft> drafts = new ArrayList<>();
    if (first == next) {
      return drafts;
    }
    List<Operation> left = List.copyOf(operations.values());
    List<Octets> plain = Canonical.of(left);
    int from = 0;
    int size = 0;
    for (int i = 0; i + 1 < left.size(); i++) {
      size += plain.get(i).size();
      if (i + 1 - from == most || size >= bytes) {
        Operation end = left.get(i);
        drafts.add(draft(end.sequence(), left.subList(from, i + 1), end.at()));
        from = i + 1;
        size = 0;
      }
    }
    drafts.add(draft(next - 1, left.subList(from, left.size()), clock));
    operations.clear();
    latest.clear();
    return drafts;
  }

  private Draft draft(long last, List<Operation> some, Hlc at) {
    var draft = new Draft(new Interval(first, last), some, at);
    first = last + 1;
    return draft;
  }
}
