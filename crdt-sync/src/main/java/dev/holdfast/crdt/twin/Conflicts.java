package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import dev.holdfast.crdt.block.Leaf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds the places of a thing where more stands than is shown. */
final class Conflicts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final boolean there;
  private final List<Conflict> found = new ArrayList<>();

  private Conflicts(boolean there) {
    this.there = there;
  }

  /**
   * All of a thing, by path.
   *
   * @param there whether the thing is; if not, whatever stands below is not shown
   */
  static List<Conflict> of(
      Place thing, boolean there, MvRegister lifecycle, SortedMap<Leaf, DotStore> strays) {
    Conflicts conflicts = new Conflicts(there);
    conflicts.lifecycle(lifecycle);
    conflicts.below(thing);
    strays.forEach(conflicts::stray);
    conflicts.found.sort(Comparator.comparing(Conflict::path));
    return List.copyOf(conflicts.found);
  }

  private void lifecycle(MvRegister register) {
    Optional<Dot> shown = Lifecycle.shown(register).map(Version::dot);
    List<Conflict.Candidate> all = new ArrayList<>();
    for (Version<Octets> version : register.versions()) {
      boolean isShown = shown.equals(Optional.of(version.dot()));
      all.add(written(Kind.REGISTER, version, json(version.value()), isShown));
    }
    boolean unreadable = register.values().stream().anyMatch(it -> Lifecycle.of(it).isEmpty());
    add(Twin.LIFECYCLE, all, unreadable);
  }

  private void below(Place place) {
    at(place);
    place.members.values().forEach(this::below);
  }

  /** Whether one thing only is said there, which is shown: so it is nearly everywhere. */
  private boolean isPlain(Place place) {
    if (!there || !place.typed.isEmpty()) {
      return false;
    }
    return switch (place.shown()) {
      case Shown.Nothing _ -> place.sayings.isEmpty();
      case Shown.Members _ -> place.sayings.isEmpty() || place.saysOnly(ValueCodec.MEMBERS);
      case Shown.Value _, Shown.Typed _ -> place.sayings.size() == 1;
    };
  }

  private void at(Place place) {
    if (isPlain(place)) {
      return;
    }
    List<Conflict.Candidate> all = new ArrayList<>();
    Set<Kind> declared = EnumSet.noneOf(Kind.class);
    boolean members = !place.shownMembers().isEmpty() && !place.path.isThing();
    boolean always = !there;
    Kind shownKind =
        there && place.shown() instanceof Shown.Typed typed ? typed.kind() : Kind.REGISTER;
    if (members && there) {
      boolean isShown = place.shown() instanceof Shown.Members;
      all.add(
          new Conflict.Candidate(
              Kind.MAP, Optional.empty(), Optional.empty(), place.object(Form.TYPED), isShown));
    }
    for (Place.Saying saying : place.sayings) {
      Version<Octets> version = saying.version();
      boolean isShown = there && by(place.shown()).equals(Optional.of(version.dot()));
      switch (saying.content()) {
        case Content.Members _ -> {
          // Beside members that are shown it says the same as they do.
          if (!members) {
            all.add(written(Kind.MAP, version, JSON.objectNode(), isShown));
          }
        }
        case Content.Value(JsonNode json) -> {
          all.add(written(Kind.REGISTER, version, json, isShown));
          always |= place.role.isObject();
        }
        case Content.Declared(Kind kind) -> {
          if (declared.add(kind) && place.typed(kind) instanceof Blob blob && !blob.isEmpty()) {
            blob(blob, shownKind == kind, all);
          } else if (kind != Kind.BLOB || place.typed(kind).isEmpty()) {
            all.add(written(kind, version, TypedJson.of(Form.TYPED, place.typed(kind)), isShown));
          }
          always |= place.role.isObject();
        }
        case Content.Unreadable _ -> {
          all.add(written(Kind.REGISTER, version, TypedJson.octets(version.value()), false));
          always = true;
        }
      }
    }
    boolean undeclared = undeclared(place, declared, shownKind, all);
    add(place.path.text(), all, always || (undeclared && place.role.isObject()));
  }

  /** What is there though nobody says so any more. */
  private static boolean undeclared(
      Place place, Set<Kind> declared, Kind shownKind, List<Conflict.Candidate> all) {
    boolean found = false;
    for (Map.Entry<Kind, DotStore> each : place.typed.entrySet()) {
      Kind kind = each.getKey();
      if (!declared.contains(kind) && kind != Kind.STOCK && !each.getValue().isEmpty()) {
        found = true;
        if (each.getValue() instanceof Blob blob) {
          blob(blob, shownKind == kind, all);
        } else {
          all.add(unwritten(each.getValue(), shownKind == kind));
        }
      }
    }
    return found;
  }

  /** A blob has versions of its own. */
  private static void blob(Blob blob, boolean shownKind, List<Conflict.Candidate> all) {
    Optional<Dot> shown = blob.shown().filter(_ -> shownKind).map(Version::dot);
    for (Version<Blob.Content> version : blob.versions()) {
      JsonNode text = JSON.stringNode(TypedJson.base64(version.value().octets()));
      all.add(
          new Conflict.Candidate(
              Kind.BLOB,
              Optional.of(version.dot()),
              Optional.of(version.at()),
              new Declaration(Kind.BLOB, text).json(),
              shown.equals(Optional.of(version.dot()))));
    }
  }

  private void stray(Leaf leaf, DotStore store) {
    List<Conflict.Candidate> all = new ArrayList<>();
    if (store instanceof MvRegister register) {
      for (Version<Octets> version : register.versions()) {
        all.add(written(Kind.REGISTER, version, json(version.value()), false));
      }
    } else if (leaf.kind() != Kind.STOCK) {
      all.add(unwritten(store, false));
    }
    add(leaf.path(), all, true);
  }

  private void add(String path, List<Conflict.Candidate> all, boolean always) {
    long different = all.stream().map(it -> it.kind() + " " + it.json()).distinct().count();
    if (different > 1 || (always && !all.isEmpty())) {
      all.sort(
          Comparator.<Conflict.Candidate, Boolean>comparing(Conflict.Candidate::shown)
              .thenComparing(it -> it.at().orElse(Hlc.ZERO))
              .thenComparing(it -> it.writer().map(Dot::toString).orElse(""))
              .reversed()
              .thenComparing(Conflict.Candidate::kind));
      found.add(new Conflict(path, all));
    }
  }

  private static Conflict.Candidate written(
      Kind kind, Version<Octets> version, JsonNode json, boolean shown) {
    return new Conflict.Candidate(
        kind, Optional.of(version.dot()), Optional.of(version.at()), json, shown);
  }

  private static Conflict.Candidate unwritten(DotStore store, boolean shown) {
    return new Conflict.Candidate(
        store.kind(), Optional.empty(), Optional.empty(), TypedJson.of(Form.TYPED, store), shown);
  }

  private static JsonNode json(Octets value) {
    return ValueCodec.element(value).orElseGet(() -> TypedJson.octets(value));
  }

  private static Optional<Dot> by(Shown shown) {
    return switch (shown) {
      case Shown.Nothing _ -> Optional.empty();
      case Shown.Members(Optional<Dot> by) -> by;
      case Shown.Value(Dot by, JsonNode _) -> Optional.of(by);
      case Shown.Typed(Optional<Dot> by, Kind _, DotStore _) -> by;
    };
  }
}
