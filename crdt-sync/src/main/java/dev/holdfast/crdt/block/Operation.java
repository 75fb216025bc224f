package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.Causal;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Knowledge;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import java.util.List;

/**
 * One write, or delete, at one leaf.
 *
 * @param dot its name: its stream, and its number there
 * @param leaf where
 * @param at when, by the stream's clock
 * @param written what is there by it, under its dot; empty if it only takes away
 * @param replaced the dots it takes away, all of that leaf
 */
public record Operation(Dot dot, Leaf leaf, Hlc at, DotStore written, CausalContext replaced) {
  /** Checks that it is one operation of that leaf. */
  public Operation {
    if (written.kind() != leaf.kind()) {
      throw new IllegalArgumentException("a " + written.kind() + " written to " + leaf);
    }
    if (!written.isEmpty() && !written.dots().equals(CausalContext.EMPTY.add(dot))) {
      throw new IllegalArgumentException(dot + " wrote more than one entry: " + written.dots());
    }
    if (replaced.highest(dot.actor()) >= dot.sequence()) {
      throw new IllegalArgumentException(dot + " replaces what comes after it");
    }
    boolean sameClock =
        !(written instanceof MvRegister register && hasOther(at, register.versions()))
            && !(written instanceof Blob blob && hasOther(at, blob.versions()));
    if (!sameClock) {
      throw new IllegalArgumentException(dot + " has two clocks");
    }
  }

  private static <V> boolean hasOther(Hlc at, List<Version<V>> versions) {
    return versions.stream().anyMatch(version -> !version.at().equals(at));
  }

  /**
   * What an operation of a type made.
   *
   * @throws IllegalArgumentException if the delta is that of several operations
   */
  public static Operation of(Leaf leaf, Hlc at, Causal<? extends DotStore> delta) {
    CausalContext heard = delta.known().heard();
    if (heard.actors().size() == 1) {
      List<Interval> numbers = heard.intervals(heard.actors().getFirst());
      Interval only = numbers.getFirst();
      if (numbers.size() == 1 && only.first() == only.last()) {
        Dot dot = new Dot(heard.actors().getFirst(), only.first());
        return new Operation(dot, leaf, at, delta.store(), delta.known().replaced());
      }
    }
    throw new IllegalArgumentException("no single operation: " + heard);
  }

  /** Its octets by themselves: the form that is hashed. The stream is not said. */
  public Octets encode() {
    return Canonical.of(List.of(this)).getFirst();
  }

  /**
   * The operation that {@link #encode} wrote.
   *
   * @param stream whose it is
   */
  public static Parsed<Operation> decode(StreamId stream, Octets octets, BlockLimits limits) {
    try {
      CborReader from = new CborReader(octets).in("crdt-sync/docs/0002, operations");
      Operation operation = Canonical.read(from, stream, limits);
      from.expectEnd();
      return new Parsed.Good<>(operation);
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  /** Its number in its stream. */
  public long sequence() {
    return dot.sequence();
  }

  /** What it changes at its leaf. That its block's other numbers are known too, the block says. */
  public Causal<DotStore> delta() {
    return new Causal<>(written, new Knowledge(CausalContext.EMPTY.add(dot), replaced));
  }
}
