package dev.holdfast.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An observed-remove map from names to nested types, maps too: a remove takes away what it saw
 * below the name, and what is written there concurrently stays, without the rest ("Riak DT map: a
 * composable, convergent replicated dictionary", Brown and others 2014).
 *
 * <p>A field that holds nothing is not there. So after a concurrent update one leaf may stand alone
 * where a whole thing was removed: what must be deleted as a whole needs a register that says so.
 */
public final class OrMap extends DotStore {
  /** No field. */
  public static final OrMap EMPTY = new OrMap(SortedTree.empty());

  private final SortedTree<Field, DotStore> fields;

  private OrMap(SortedTree<Field, DotStore> fields) {
    this.fields = fields;
  }

  /** The same change, one level up: made below {@code name}. */
  public Causal<OrMap> update(String name, Causal<? extends DotStore> delta) {
    DotStore store = delta.store();
    OrMap nested =
        store.isEmpty() ? EMPTY : new OrMap(SortedTree.of(new Field(name, store.kind()), store));
    return new Causal<>(nested, delta.known());
  }

  /**
   * Removes all that stands under {@code name}, of whatever type, as far as seen.
   *
   * @throws IllegalArgumentException if there is a stock below it: see {@link #removable(String)}
   */
  public Causal<OrMap> remove(Dot dot, String name) {
    if (!removable(name)) {
      throw new IllegalArgumentException(
          "below " + name + " is a stock, which cannot be removed: mark it as deleted instead");
    }
    CausalContext seen = CausalContext.EMPTY;
    for (Kind kind : kinds(name)) {
      DotStore store = fields.get(new Field(name, kind));
      seen = store == null ? seen : seen.join(store.dots());
    }
    return Causal.delta(dot, EMPTY, seen);
  }

  /** Whether no {@link BoundedCounter} stands under {@code name} or below it. */
  public boolean removable(String name) {
    return kinds(name).stream()
        .map(kind -> fields.get(new Field(name, kind)))
        .allMatch(store -> store == null || store.removable());
  }

  /** What stands under {@code name}, of the type of {@code bottom}; {@code bottom} if nothing. */
  @SuppressWarnings("unchecked") // a field holds a store of its kind, and each kind is one class
  public <S extends DotStore> S get(String name, S bottom) {
    DotStore store = fields.get(new Field(name, bottom.kind()));
    return store == null ? bottom : (S) store;
  }

  /** The types of what stands under {@code name}: more than one only after concurrent updates. */
  public List<Kind> kinds(String name) {
    List<Kind> kinds = new ArrayList<>();
    fields.range(
        new Field(name, Kind.REGISTER),
        new Field(name, Kind.LIST),
        (field, _) -> kinds.add(field.kind()));
    return List.copyOf(kinds);
  }

  /** Every field, in order. */
  public List<Field> fields() {
    return List.copyOf(fields.keys());
  }

  /** Every name, once, in order. */
  public List<String> names() {
    return List.copyOf(new TreeSet<>(fields.keys().stream().map(Field::name).toList()));
  }

  /** What a field holds; null if it is not there. */
  @Nullable DotStore store(Field field) {
    return fields.get(field);
  }

  @Override
  public Kind kind() {
    return Kind.MAP;
  }

  @Override
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  @Override
  public CausalContext dots() {
    CausalContext all = CausalContext.EMPTY;
    for (DotStore store : fields.values()) {
      all = all.join(store.dots());
    }
    return all;
  }

  @Override
  boolean removable() {
    return fields.values().stream().allMatch(DotStore::removable);
  }

  @Override
  DotStore join(Knowledge mine, DotStore other, Knowledge theirs) {
    SortedTree<Field, DotStore> others = ((OrMap) other).fields;
    SortedTree<Field, DotStore> joined = fields;
    for (Field field : union(fields, others)) {
      DotStore ours = fields.get(field);
      DotStore came = others.get(field);
      DotStore both =
          (ours == null ? bottom(field.kind()) : ours)
              .join(mine, came == null ? bottom(field.kind()) : came, theirs);
      joined = both.isEmpty() ? joined.remove(field) : joined.put(field, both);
    }
    return new OrMap(joined);
  }

  private static List<Field> union(
      SortedTree<Field, DotStore> some, SortedTree<Field, DotStore> others) {
    List<Field> all = some.keys();
    for (Field field : others.keys()) {
      if (!some.containsKey(field)) {
        all.add(field);
      }
    }
    return all;
  }

  /** The store of that kind that holds nothing. */
  static DotStore bottom(Kind kind) {
    return switch (kind) {
      case REGISTER -> MvRegister.EMPTY;
      case MAP -> EMPTY;
      case SET -> OrSet.EMPTY;
      case COUNTER -> PnCounter.EMPTY;
      case STOCK -> BoundedCounter.EMPTY;
      case BLOB -> Blob.EMPTY;
      case LIST -> CrdtList.EMPTY;
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof OrMap that && fields.equals(that.fields));
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
