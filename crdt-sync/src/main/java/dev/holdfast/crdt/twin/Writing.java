package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts and patches JSON at the places of a thing. */
final class Writing {
  private final Changes changes;
  private final TwinLimits limits;
  private final boolean there;

  /**
   * Writes into one change.
   *
   * @param there whether the thing is; if not, nothing of it is seen and any kind may change
   */
  Writing(Changes changes, TwinLimits limits, boolean there) {
    this.changes = changes;
    this.limits = limits;
    this.there = there;
  }

  /** All of a place is to be that. */
  void put(TwinPath path, @Nullable Place place, JsonNode json) {
    check(path, json);
    if (path.isThing()) {
      members(path, place, json);
      return;
    }
    Optional<Declaration> declared = Declaration.of(json);
    if (declared.isPresent()) {
      new Stepping(changes, limits).declare(path, place, declared.get());
      return;
    }
    if (keepsKind(path, place, json)) {
      return;
    }
    if (json.isObject()) {
      members(path, place, json);
      object(path, place, json.isEmpty(), true);
      return;
    }
    Octets value = encode(path, json, limits);
    if (place != null) {
      place.members.values().forEach(changes::remove);
      changes.clearTyped(place, Kind.STOCK);
    }
    changes.say(path, place, value);
  }

  private void members(TwinPath path, @Nullable Place place, JsonNode json) {
    if (place != null) {
      place.members.forEach(
          (name, member) -> {
            if (!json.has(name)) {
              changes.remove(member);
            }
          });
    }
    for (Map.Entry<String, JsonNode> member : stored(path, json).entrySet()) {
      put(member(path, member.getKey()), of(place, member.getKey()), member.getValue());
    }
  }

  /** A merge patch is to be applied to a place. */
  void patch(TwinPath path, @Nullable Place place, JsonNode patch) {
    if (!patch.isObject() || Declaration.of(patch).isPresent()) {
      put(path, place, patch);
      return;
    }
    check(path, patch);
    if (keepsKind(path, place, patch)) {
      return;
    }
    boolean wasObject = false;
    var left = new TreeSet<String>();
    if (place != null && place.shown() instanceof Shown.Members) {
      wasObject = true;
      left.addAll(place.shownMembers());
    }
    for (Map.Entry<String, JsonNode> member : stored(path, patch).entrySet()) {
      String name = member.getKey();
      TwinPath at = member(path, name);
      if (member.getValue().isNull()) {
        changes.remove(of(place, name));
        left.remove(name);
      } else {
        patch(at, of(place, name), member.getValue());
        left.add(name);
      }
    }
    if (!path.isThing()) {
      object(path, place, left.isEmpty(), !wasObject);
    }
  }

  /**
   * An object is to be there.
   *
   * @param empty whether no member will say so
   * @param alone whether nothing else is to be there
   */
  private void object(TwinPath path, @Nullable Place place, boolean empty, boolean alone) {
    if (place != null && alone) {
      changes.clearTyped(place, Kind.STOCK);
    }
    if (empty) {
      changes.say(path, place, ValueCodec.MEMBERS);
    } else if (place != null && alone && !place.saysOnly(ValueCodec.MEMBERS)) {
      changes.silence(place);
    }
  }

  /** Whether a leaf of another kind is there that shows the same; refuses to replace it. */
  private boolean keepsKind(TwinPath path, @Nullable Place place, JsonNode json) {
    if (place == null || !there || !(place.shown() instanceof Shown.Typed typed)) {
      return false;
    }
    JsonNode plain = TypedJson.plain(typed.store());
    if (JsonFault.of(json, Integer.MAX_VALUE).isPresent()
        || !ValueCodec.encode(plain).equals(ValueCodec.encode(json))) {
      throw new RefusedException(new Refusal.KindChange(path.text(), typed.kind()));
    }
    return true;
  }

  private void check(TwinPath path, JsonNode json) {
    if (path.names().size() > limits.depth()
        || JsonFault.isDeeper(json, limits.depth() - path.names().size())) {
      throw new RefusedException(new Refusal.TooDeep(path.text(), limits.depth()));
    }
    int bytes = Segments.utf8(path.text());
    if (bytes > limits.pathBytes()) {
      throw new RefusedException(
          new Refusal.TooLarge(path.text(), "a path", bytes, limits.pathBytes(), "bytes"));
    }
    ThingBody.check(path, json);
  }

  /** The octets of a value that is stored whole. */
  static Octets encode(TwinPath path, JsonNode json, TwinLimits limits) {
    Optional<String> fault = JsonFault.of(json, limits.depth());
    if (fault.isPresent()) {
      throw new RefusedException(
          new Refusal.InvalidValue(
              path.text(), fault.get(), "put a value of JSON that can be stored exactly"));
    }
    Octets octets = ValueCodec.encode(json);
    if (octets.size() > limits.valueBytes()) {
      throw new RefusedException(
          new Refusal.TooLarge(
              path.text(), "a value", octets.size(), limits.valueBytes(), "bytes"));
    }
    return octets;
  }

  /** The members that are stored, by name: the same change gives the same edits. */
  private static SortedMap<String, JsonNode> stored(TwinPath path, JsonNode object) {
    var members = new TreeMap<String, JsonNode>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    if (path.isThing()) {
      members.remove("thingId");
    }
    return members;
  }

  private static TwinPath member(TwinPath path, String name) {
    return switch (path.member(name)) {
      case Parsed.Good<TwinPath>(TwinPath at) -> at;
      case Parsed.Bad<TwinPath>(long _, String _, String reason) ->
          throw new RefusedException(
              new Refusal.InvalidValue(path.text(), reason, "use another name"));
    };
  }

  private static @Nullable Place of(@Nullable Place place, String name) {
    return place == null ? null : place.member(name);
  }
}
