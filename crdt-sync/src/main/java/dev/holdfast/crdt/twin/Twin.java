package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.Leaf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A thing as one replica has it: its leaves, read. Replicas that hold the same leaves show the same
 * JSON and the same conflicts.
 *
 * <p>A thing is there if its lifecycle says so. What was written concurrently to its deletion stays
 * hidden; {@link #conflicts()} tells of it.
 */
public final class Twin {
  /** Where the lifecycle is stored: a register that holds {@code active} or {@code deleted}. */
  public static final String LIFECYCLE = "_lifecycle";

  private static final int TAG_BYTES = 12;

  private final ThingId id;
  private final SortedMap<Leaf, DotStore> leaves;
  private final SortedMap<Leaf, DotStore> strays = new TreeMap<>();
  private final Place thing = new Place(TwinPath.THING);
  private final MvRegister lifecycle;

  private Twin(ThingId id, SortedMap<Leaf, DotStore> leaves) {
    this.id = id;
    this.leaves = leaves;
    MvRegister register = MvRegister.EMPTY;
    for (var each : leaves.entrySet()) {
      Leaf leaf = each.getKey();
      Optional<TwinPath> path = TwinPath.ofLeaf(leaf.path());
      if (leaf.path().equals(LIFECYCLE) && each.getValue() instanceof MvRegister it) {
        register = it;
      } else if (path.isPresent()) {
        make(path.get()).add(each.getValue());
      } else {
        strays.put(leaf, each.getValue());
      }
    }
    lifecycle = register;
    thing.settle();
  }

  /**
   * Reads a thing.
   *
   * @param id which
   * @param leaves all leaves of it that hold something; others are left out
   */
  public static Twin of(ThingId id, SortedMap<Leaf, ? extends DotStore> leaves) {
    var own = new TreeMap<Leaf, DotStore>();
    leaves.forEach(
        (leaf, store) -> {
          if (leaf.kind() != store.kind()) {
            throw new IllegalArgumentException(leaf + " holds a " + store.kind());
          }
          if (leaf.thing().equals(id.text()) && !store.isEmpty()) {
            own.put(leaf, store);
          }
        });
    return new Twin(id, Collections.unmodifiableSortedMap(own));
  }

  private Place make(TwinPath path) {
    Place place = thing;
    List<String> names = new ArrayList<>();
    for (String name : path.names()) {
      names.add(name);
      place = place.members.computeIfAbsent(name, _ -> new Place(new TwinPath(names)));
    }
    return place;
  }

  /** Its id. */
  public ThingId id() {
    return id;
  }

  /** The leaves it was read from. */
  public SortedMap<Leaf, DotStore> leaves() {
    return leaves;
  }

  /** Whether the thing is there. */
  public boolean isThere() {
    return Lifecycle.shown(lifecycle)
        .flatMap(version -> Lifecycle.of(version.value()))
        .equals(Optional.of(Lifecycle.ACTIVE));
  }

  /** The whole thing as JSON; empty if it is not there. */
  public Optional<JsonNode> json(Form form) {
    return json(TwinPath.THING, form);
  }

  /** What stands at a path, as JSON; empty if nothing does. */
  public Optional<JsonNode> json(TwinPath path, Form form) {
    if (!isThere()) {
      return Optional.empty();
    }
    if (path.isThing()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("thingId", id.text());
      return Optional.of(json.setAll(thing.object(form)));
    }
    if (path.role() == Role.THING_ID) {
      return Optional.of(JsonNodeFactory.instance.stringNode(id.text()));
    }
    Place place = place(path);
    return place == null || !place.isShown() ? Optional.empty() : Optional.of(place.json(form));
  }

  /** Of which kind what stands at a path is: {@link Kind#MAP} for an object; empty if nothing. */
  public Optional<Kind> kind(TwinPath path) {
    Place place = isThere() ? place(path) : null;
    return place == null
        ? Optional.empty()
        : switch (place.shown()) {
          case Shown.Nothing _ -> path.isThing() ? Optional.of(Kind.MAP) : Optional.empty();
          case Shown.Members _ -> Optional.of(Kind.MAP);
          case Shown.Value _ -> Optional.of(Kind.REGISTER);
          case Shown.Typed it -> Optional.of(it.kind());
        };
  }

  /**
   * Where more stands than is shown, by path: concurrent values that differ, different kinds at one
   * place, a value where there is an object too, what cannot be read here, what is stored at no
   * place of a thing; of a thing that is not there, all that was not deleted with it but stocks.
   */
  public List<Conflict> conflicts() {
    return Conflicts.of(thing, isThere(), lifecycle, strays);
  }

  /** The conflicts at a path and below it. */
  public List<Conflict> conflicts(TwinPath path) {
    String text = path.text();
    return path.isThing()
        ? conflicts()
        : conflicts().stream()
            .filter(it -> it.path().equals(text) || it.path().startsWith(text + "/"))
            .toList();
  }

  /**
   * Every write that is part of what it holds. Two states of a thing are the same exactly if these
   * are equal: a delete takes writes away.
   */
  public CausalContext dots() {
    CausalContext all = CausalContext.EMPTY;
    for (DotStore store : leaves.values()) {
      all = all.join(store.dots());
    }
    return all;
  }

  /**
   * A short name of {@link #dots()}, for conditions: who has read a thing with this tag has seen
   * all that a change of it would replace.
   */
  public String tag() {
    CausalContext dots = dots();
    List<Octets> actors = List.copyOf(dots.actors());
    var to = new CborWriter(256).array(2 * actors.size());
    for (Octets actor : actors) {
      List<Interval> intervals = dots.intervals(actor);
      to.bytes(actor).array(2 * intervals.size());
      intervals.forEach(it -> to.unsigned(it.first()).unsigned(it.last()));
      to.end();
    }
    return HashUse.TAG.hash(to.end().finish()).slice(0, TAG_BYTES).hex();
  }

  /** When its last write was, as far as its values have clocks; zero if there is none. */
  public Hlc lastWrite() {
    Hlc last = Hlc.ZERO;
    for (DotStore store : leaves.values()) {
      if (store instanceof MvRegister register) {
        for (Version<Octets> version : register.versions()) {
          last = version.at().compareTo(last) > 0 ? version.at() : last;
        }
      }
    }
    return last;
  }

  /** What stands at a path and below; null if no leaf ever did. */
  @Nullable Place place(TwinPath path) {
    Place place = thing;
    for (String name : path.names()) {
      place = place == null ? null : place.member(name);
    }
    return place;
  }

  MvRegister lifecycle() {
    return lifecycle;
  }

  SortedMap<Leaf, DotStore> strays() {
    return strays;
  }
}
