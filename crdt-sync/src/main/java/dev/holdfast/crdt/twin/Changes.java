package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The edits of one change, as they come together. */
final class Changes {
  private final ThingId thing;
  private final TwinLimits limits;
  private final List<Edit> edits = new ArrayList<>();

  Changes(ThingId thing, TwinLimits limits) {
    this.thing = thing;
    this.limits = limits;
  }

  List<Edit> edits() {
    if (edits.size() > limits.edits()) {
      throw new RefusedException(
          new Refusal.TooLarge("", "a change", edits.size(), limits.edits(), "edits"));
    }
    return edits;
  }

  Leaf leaf(String path, Kind kind) {
    return new Leaf(thing.text(), path, kind);
  }

  void add(Edit edit) {
    edits.add(edit);
  }

  /** The register there is to say that and nothing else. */
  void say(TwinPath path, @Nullable Place place, Octets value) {
    if (place == null || !place.saysOnly(value)) {
      edits.add(new Edit.Write(leaf(path.text(), Kind.REGISTER), value));
    }
  }

  /** The register is to say nothing. */
  void silence(Place place) {
    if (!place.register.isEmpty()) {
      edits.add(new Edit.Clear(leaf(place.path.text(), Kind.REGISTER)));
    }
  }

  /** The other leaves there are to go, but that of one kind, and stocks, which cannot. */
  void clearTyped(Place place, Kind but) {
    for (Map.Entry<Kind, DotStore> each : place.typed.entrySet()) {
      Kind kind = each.getKey();
      if (kind != but && kind != Kind.STOCK) {
        edits.add(new Edit.Clear(leaf(place.path.text(), kind)));
      }
    }
  }

  /** All that is there and below is to go. */
  void remove(@Nullable Place place) {
    if (place != null) {
      silence(place);
      clearTyped(place, Kind.STOCK);
      place.members.values().forEach(this::remove);
    }
  }
}
