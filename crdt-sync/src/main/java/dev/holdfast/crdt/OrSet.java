package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * An add-wins set: a remove takes away the additions it saw, so that an element added concurrently
 * stays ("An optimized conflict-free replicated set", Bieniusa and others 2012). Nothing is kept of
 * an element that was removed.
 */
public final class OrSet extends Entries<Octets> {
  /** No element. */
  public static final OrSet EMPTY = new OrSet(SortedTree.empty());

  private OrSet(SortedTree<Dot, Octets> entries) {
    super(entries);
  }

  /** Adds an element; one that is there already is there anew, and survives removes of before. */
  public Causal<OrSet> add(Dot dot, Octets element) {
    return Causal.delta(dot, new OrSet(SortedTree.of(dot, element)), dots(element));
  }

  /** Removes an element as far as seen; one that is not there is no error and takes the dot too. */
  public Causal<OrSet> remove(Dot dot, Octets element) {
    return Causal.delta(dot, EMPTY, dots(element));
  }

  /** Removes all elements as far as seen. */
  public Causal<OrSet> clear(Dot dot) {
    return Causal.delta(dot, EMPTY, dots());
  }

  /** Whether that element is there; looks at all. */
  public boolean contains(Octets element) {
    return entries.values().contains(element);
  }

  /** The elements, each once, in the order of their octets. */
  public List<Octets> elements() {
    return List.copyOf(new TreeSet<>(entries.values()));
  }

  private CausalContext dots(Octets element) {
    List<Dot> dots = new ArrayList<>();
    entries.forEach(
        (dot, value) -> {
          if (value.equals(element)) {
            dots.add(dot);
          }
        });
    return CausalContext.of(dots);
  }

  @Override
  public Kind kind() {
    return Kind.SET;
  }

  @Override
  OrSet changed(List<Dot> gone, SortedTree<Dot, Octets> come) {
    return new OrSet(with(gone, come));
  }
}
