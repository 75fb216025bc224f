package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place of a thing with all that stands there and below. Filled while the leaves are read, and
 * settled once; then it does not change.
 *
 * <p>What is shown, on every replica that holds the same: if a member is shown, the object; else
 * what the register says that was written last, by clock, then by writer; else, if there is a leaf
 * of another kind that nobody declares any more, since it was changed while somebody took it away,
 * that leaf. A stock is shown only if it is declared, since it cannot be taken away. Where only an
 * object may stand, nothing else is shown.
 */
final class Place {
  /** What a register says, and by which write. */
  record Saying(Version<Octets> version, Content content) {}

  /** Undeclared leaves, the first that is there is shown. */
  private static final List<Kind> SURVIVORS = List.of(Kind.LIST, Kind.SET, Kind.COUNTER, Kind.BLOB);

  /** Members of a thing come in this order, as in Ditto; of all else by name. */
  private static final List<String> THING_ORDER =
      List.of("policyId", "definition", "attributes", "features");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final TwinPath path;
  final Role role;
  final SortedMap<String, Place> members = new TreeMap<>();
  final Map<Kind, DotStore> typed = new EnumMap<>(Kind.class);
  MvRegister register = MvRegister.EMPTY;
  List<Saying> sayings = List.of();
  private Shown shown = new Shown.Nothing();

  Place(TwinPath path) {
    this.path = path;
    this.role = path.role();
  }

  /** Puts a leaf there. */
  void add(DotStore store) {
    if (store instanceof MvRegister it) {
      register = it;
      List<Saying> all = new ArrayList<>();
      it.versions().forEach(each -> all.add(new Saying(each, ValueCodec.read(each.value()))));
      all.sort((a, b) -> compare(b.version(), a.version()));
      sayings = all;
    } else {
      typed.put(store.kind(), store);
    }
  }

  /** Which of two writes was the last. */
  static int compare(Version<?> a, Version<?> b) {
    int byTime = a.at().compareTo(b.at());
    return byTime != 0 ? byTime : a.dot().compareTo(b.dot());
  }

  /** Decides what is shown, here and below. */
  void settle() {
    members.values().forEach(Place::settle);
    shown = decide();
  }

  private Shown decide() {
    if (members.values().stream().anyMatch(Place::isShown)) {
      return new Shown.Members(Optional.empty());
    }
    for (Saying saying : sayings) {
      Optional<Shown> said = said(saying);
      if (said.isPresent()) {
        return said.get();
      }
    }
    if (!role.isObject()) {
      for (Kind kind : SURVIVORS) {
        DotStore store = typed.get(kind);
        if (store != null && !store.isEmpty()) {
          return new Shown.Typed(Optional.empty(), kind, store);
        }
      }
    }
    return new Shown.Nothing();
  }

  private Optional<Shown> said(Saying saying) {
    Dot by = saying.version().dot();
    if (role.isObject()) {
      return saying.content() instanceof Content.Members
          ? Optional.of(new Shown.Members(Optional.of(by)))
          : Optional.empty();
    }
    return switch (saying.content()) {
      case Content.Members _ -> Optional.of(new Shown.Members(Optional.of(by)));
      case Content.Value(JsonNode json) -> Optional.of(new Shown.Value(by, json));
      case Content.Declared(Kind kind) ->
          Optional.of(new Shown.Typed(Optional.of(by), kind, typed(kind)));
      case Content.Unreadable _ -> Optional.empty();
    };
  }

  Shown shown() {
    return shown;
  }

  boolean isShown() {
    return !(shown instanceof Shown.Nothing);
  }

  /** The leaf of that kind, or nothing of it. */
  DotStore typed(Kind kind) {
    DotStore store = typed.get(kind);
    return store == null ? TypedJson.bottom(kind) : store;
  }

  /** The place of a member, whether or not it is shown. */
  @Nullable Place member(String name) {
    return members.get(name);
  }

  /** The names of members that are shown. */
  List<String> shownMembers() {
    return members.entrySet().stream()
        .filter(member -> member.getValue().isShown())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the register says nothing but this, be it once or by several writers. */
  boolean saysOnly(Octets value) {
    return !sayings.isEmpty()
        && sayings.stream().allMatch(it -> it.version().value().equals(value));
  }

  /** What is shown, as JSON; only if something is. */
  JsonNode json(Form form) {
    return switch (shown) {
      case Shown.Nothing _ -> JSON.missingNode();
      case Shown.Members _ -> object(form);
      case Shown.Value(Dot _, JsonNode json) -> json;
      case Shown.Typed(Optional<Dot> _, Kind _, DotStore store) -> TypedJson.of(form, store);
    };
  }

  ObjectNode object(Form form) {
    ObjectNode object = JSON.objectNode();
    List<String> names = path.isThing() ? THING_ORDER : List.copyOf(members.keySet());
    for (String name : names) {
      Place member = members.get(name);
      if (member != null && member.isShown()) {
        object.set(name, member.json(form));
      }
    }
    return object;
  }
}
