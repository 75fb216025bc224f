package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
   * Takes the stream's next operation.
   *
   * @throws IllegalArgumentException if it is not the next one, or replaces one of another leaf
   */
  public void add(Operation operation) {
    if (!operation.dot().equals(stream.dot(next)) || operation.at().compareTo(clock) <= 0) {
      throw new IllegalArgumentException(
          operation.dot() + " at " + operation.at() + " does not follow on " + (next - 1));
    }
    CausalContext replaced = operation.replaced();
    for (Operation before : takenInBy(operation)) {
      operations.remove(before.sequence());
      replaced = replaced.join(before.replaced());
    }
    next++;
    clock = operation.at();
    replaced = replaced.minus(unheard());
    if (operation.written().isEmpty() && replaced.isEmpty()) {
      latest.remove(operation.leaf());
      return;
    }
    operations.put(
        operation.sequence(),
        new Operation(
            operation.dot(), operation.leaf(), operation.at(), operation.written(), replaced));
    latest.put(operation.leaf(), operation.sequence());
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

  /** How many numbers are pending. */
  public long numbers() {
    return next - first;
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
