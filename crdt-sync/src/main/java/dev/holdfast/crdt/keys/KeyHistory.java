package dev.holdfast.crdt.keys;

import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of one region in one class, from the first on, and the streams that it has begun.
 *
 * @param initial what holds before the first statement
 * @param changes all of them, the one with number n at n - 1
 * @param begun under the latest key, by incarnation: those of a key that was replaced do not count
 */
public record KeyHistory(
    KeyChange.Terms initial, List<KeyChange> changes, SortedMap<Long, Beginning> begun) {
  /** Keeps its own copies. */
  public KeyHistory {
    changes = List.copyOf(changes);
    begun = Collections.unmodifiableSortedMap(new TreeMap<>(begun));
  }

  /** The terms with a number; 0 are those before the first statement. */
  KeyChange.Terms terms(int number) {
    return number == 0 ? initial : changes.get(number - 1).terms();
  }

  int last() {
    return changes.size();
  }

  public KeyChange.Terms latest() {
    return terms(last());
  }

  /** All that was said and counts, in an order in which it can be taken. */
  List<KeyStatement> statements() {
    List<KeyStatement> all = new ArrayList<>(changes);
    all.addAll(begun.values());
    return all;
  }

  /** What was begun under the key before, and is not spoken of since, was a thief's as well. */
  KeyHistory with(KeyChange change) {
    List<KeyChange> more = new ArrayList<>(changes);
    more.add(change);
    var left = new TreeMap<>(begun);
    left.remove(change.terms().incarnation());
    if (change.terms().index() > latest().index()) {
      left.clear();
    }
    return new KeyHistory(initial, more, left);
  }

  KeyHistory with(Beginning beginning) {
    var more = new TreeMap<>(begun);
    more.put(beginning.incarnation(), beginning);
    return new KeyHistory(initial, changes, more);
  }

  /** The region's streams. */
  public SortedSet<Long> incarnations() {
    var all = new TreeSet<>(begun.keySet());
    all.add(initial.incarnation());
    changes.forEach(it -> all.add(it.terms().incarnation()));
    return all;
  }

  /** Which key a stream was begun with; empty if the region has no such stream. */
  OptionalInt began(long incarnation) {
    OptionalInt named = named(incarnation);
    return named.isEmpty() && begun.containsKey(incarnation)
        ? OptionalInt.of(latest().index())
        : named;
  }

  /** Likewise, if the first stream or one that a numbered statement is about. */
  private OptionalInt named(long incarnation) {
    return latest(incarnation).map(it -> OptionalInt.of(it.began())).orElse(OptionalInt.empty());
  }

  /** The last that was said of a stream's keys. */
  private Optional<KeyChange.Terms> latest(long incarnation) {
    for (int i = last(); i >= 0; i--) {
      if (terms(i).incarnation() == incarnation) {
        return Optional.of(terms(i));
      }
    }
    return Optional.empty();
  }

  /** Why a statement cannot come after the latest one; empty if it can. */
  Optional<String> misfit(KeyChange change) {
    KeyChange.Terms now = latest();
    KeyChange.Terms next = change.terms();
    boolean sameKey = next.index() == now.index() && next.key().equals(now.key());
    boolean newKey = next.index() == now.index() + 1 && !has(next.key());
    if (!sameKey && !newKey) {
      return Optional.of(next + " has neither the key of before nor a new one, after " + now);
    }
    if (sameKey != change.signatureNew().isEmpty()) {
      return Optional.of(next + " is not signed once with each of its keys");
    }
    return fits(next) ? Optional.empty() : Optional.of(next + " cannot follow " + now);
  }

  /**
   * Goes by numbered statements alone: whether others have come yet must not matter. What left a
   * stream open only named it.
   */
  private boolean fits(KeyChange.Terms next) {
    int began = latest(next.incarnation()).map(KeyChange.Terms::began).orElse(next.began());
    int index = next.began();
    long from = 1;
    for (int i = 0; i <= last(); i++) {
      KeyChange.Terms terms = terms(i);
      if (terms.incarnation() == next.incarnation() && !terms.leavesOpen()) {
        index = terms.index();
        from = terms.from();
      }
    }
    return next.began() == began && next.from() >= from && index < next.index();
  }

  /** The key with an index up to the latest. */
  VerifyKey key(int index) {
    for (int i = 0; i <= last(); i++) {
      if (terms(i).index() == index) {
        return terms(i).key();
      }
    }
    throw new IllegalArgumentException("no key " + index + " in " + latest());
  }

  /** The statement about a number of a stream that counts; empty if there is none. */
  private Optional<KeyChange> at(long incarnation, long number) {
    for (int i = last(); i > 0; i--) {
      KeyChange.Terms terms = terms(i);
      if (terms.incarnation() == incarnation && terms.from() <= number) {
        return Optional.of(changes.get(i - 1));
      }
    }
    return Optional.empty();
  }

  /** Whether the latest key signs a stream from a number on. */
  public boolean isOpen(long incarnation, long number) {
    Optional<KeyChange> there = at(incarnation, number);
    int index = there.map(it -> it.terms().index()).orElse(began(incarnation).orElse(-1));
    return index == latest().index() && there.filter(KeyChange::ends).isEmpty();
  }

  /** The streams of which it was never said that they end, and which key each was begun with. */
  public SortedMap<Long, Integer> open() {
    var open = new TreeMap<Long, Integer>();
    incarnations().forEach(it -> open.put(it, began(it).orElseThrow()));
    changes.stream()
        .filter(it -> it.ends() || it.terms().leavesOpen())
        .forEach(it -> open.remove(it.terms().incarnation()));
    return open;
  }

  /** Likewise, those of which it was not said yet where the key that they were begun with ends. */
  public SortedMap<Long, Integer> leftOpen() {
    var open = new TreeMap<Long, Integer>();
    for (KeyChange change : changes) {
      KeyChange.Terms terms = change.terms();
      if (terms.leavesOpen()) {
        open.put(terms.incarnation(), terms.began());
      } else {
        open.remove(terms.incarnation());
      }
    }
    return open;
  }

  /** Whether the region has or had a key. */
  public boolean has(VerifyKey key) {
    return key.equals(initial.key())
        || changes.stream().anyMatch(it -> it.terms().key().equals(key));
  }

  /** Which key must have signed a header of a stream of this region. */
  KeyRing.Signer signer(KeyRing.Writer writer, Header header) {
    if (header.key() > latest().index()) {
      return new KeyRing.KeyMissing(header.key());
    }
    Interval covers = header.covers();
    Optional<KeyChange> first = at(writer.incarnation(), covers.first());
    Optional<KeyChange> last = at(writer.incarnation(), covers.last());
    if (!first.equals(last)) {
      return new KeyRing.WrongKey(covers + " is cut in two by " + last.orElseThrow());
    }
    if (last.filter(KeyChange::ends).isPresent()) {
      return new KeyRing.WrongKey(covers + " is beyond the end of its stream: " + last.get());
    }
    int index =
        last.map(it -> it.terms().index())
            .orElseGet(() -> began(writer.incarnation()).orElseThrow());
    return header.key() == index
        ? new KeyRing.Known(key(index), writer)
        : new KeyRing.WrongKey(
            covers + " is signed with key " + header.key() + ", not with key " + index);
  }

  static KeyHistory of(ClassId exportClass, VerifyKey firstKey) {
    return new KeyHistory(
        KeyChange.Terms.initial(exportClass, firstKey), List.of(), new TreeMap<>());
  }
}
