package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.replica.ClassId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one region in one class, from the first on.
 *
 * @param initial what holds before the first statement
 * @param statements all of them, the one with number n at n - 1
 */
record KeyHistory(KeyStatement.Terms initial, List<KeyStatement> statements) {
  KeyHistory {
    statements = List.copyOf(statements);
  }

  /** The terms with a number; 0 are those before the first statement. */
  KeyStatement.Terms terms(int number) {
    return number == 0 ? initial : statements.get(number - 1).terms();
  }

  int last() {
    return statements.size();
  }

  KeyStatement.Terms latest() {
    return terms(last());
  }

  KeyHistory with(KeyStatement statement) {
    List<KeyStatement> more = new ArrayList<>(statements);
    more.add(statement);
    return new KeyHistory(initial, more);
  }

  /** The stream that the region writes now: none has a higher number. */
  long incarnation() {
    return statements.stream().mapToLong(it -> it.terms().incarnation()).max().orElse(0);
  }

  /** Why a statement cannot come after the latest one; empty if it can. */
  Optional<String> misfit(KeyStatement statement) {
    KeyStatement.Terms now = latest();
    KeyStatement.Terms next = statement.terms();
    boolean sameKey = next.index() == now.index() && next.key().equals(now.key());
    boolean newKey = next.index() == now.index() + 1 && !isKnown(next);
    if (!sameKey && !newKey) {
      return Optional.of(next + " has neither the key of before nor a new one, after " + now);
    }
    if (sameKey != statement.signatureNew().isEmpty()) {
      return Optional.of(next + " is not signed once with each of its keys");
    }
    return fits(next, newKey) ? Optional.empty() : Optional.of(next + " cannot follow " + now);
  }

  private boolean fits(KeyStatement.Terms next, boolean newKey) {
    if (next.incarnation() > incarnation()) {
      return next.from() == 1;
    }
    KeyStatement.Terms there = at(next.incarnation(), FrontierForm.LAST_MAX);
    return there.incarnation() == next.incarnation()
        && next.from() >= there.from()
        && (newKey ? next.incarnation() == incarnation() : there.index() < next.index());
  }

  private boolean isKnown(KeyStatement.Terms next) {
    return next.key().equals(initial.key())
        || statements.stream().anyMatch(it -> it.terms().key().equals(next.key()));
  }

  /** The terms under which a number of a stream is signed. */
  KeyStatement.Terms at(long incarnation, long number) {
    for (int i = last(); i > 0; i--) {
      KeyStatement.Terms terms = terms(i);
      if (terms.incarnation() == incarnation && terms.from() <= number) {
        return terms;
      }
    }
    return initial;
  }

  /** Which key must have signed a header of a stream of this region. */
  KeyRing.Signer signer(KeyRing.Writer writer, Header header) {
    if (header.key() > latest().index()) {
      return new KeyRing.KeyMissing(header.key());
    }
    Interval covers = header.covers();
    KeyStatement.Terms first = at(writer.incarnation(), covers.first());
    KeyStatement.Terms last = at(writer.incarnation(), covers.last());
    if (!first.equals(last)) {
      return new KeyRing.WrongKey(covers + " is cut in two by " + last);
    }
    return header.key() == first.index()
        ? new KeyRing.Known(first.key(), writer)
        : new KeyRing.WrongKey(
            covers + " is signed with key " + header.key() + ", not as " + first);
  }

  static KeyHistory of(ClassId exportClass, VerifyKey firstKey) {
    return new KeyHistory(KeyStatement.Terms.initial(exportClass, firstKey), List.of());
  }
}
