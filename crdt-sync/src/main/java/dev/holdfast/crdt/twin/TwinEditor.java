package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says which edits a change of a twin needs. What is as wished already is not written again; where
 * several values stand side by side, a put of one of them settles it.
 *
 * <p>A change sees one state of the thing. What others write meanwhile is not undone by it: an
 * update survives a delete that did not see it, but for the deletion of the whole thing.
 */
public final class TwinEditor {
  private final Twin twin;
  private final TwinLimits limits;

  /**
   * An editor of one state of a thing.
   *
   * @param twin the thing, there or not
   * @param limits what may be written
   */
  public TwinEditor(Twin twin, TwinLimits limits) {
    this.twin = twin;
    this.limits = limits;
  }

  /** Says of a thing that it is there, for a replica that holds a part of it only. */
  public static Edit presence(ThingId thing) {
    Leaf lifecycle = new Leaf(thing.text(), Twin.LIFECYCLE, Kind.REGISTER);
    return new Edit.Write(lifecycle, Lifecycle.ACTIVE.octets());
  }

  /**
   * A path is to hold that and nothing else: members that the JSON does not have go. The whole
   * thing may be put where there is none; a path of it may not.
   */
  public TwinOutcome put(TwinPath path, JsonNode json) {
    return change(
        changes -> {
          if (path.isThing()) {
            ThingBody.check(twin.id(), json);
            active(changes);
          } else if (path.role() == Role.THING_ID) {
            mustBeThere(TwinPath.THING);
            ThingBody.checkId(twin.id(), json);
            return;
          } else {
            mustBeThere(TwinPath.THING);
            reachable(path);
          }
          new Writing(changes, limits, twin.isThere()).put(path, twin.place(path), json);
          if (path.isThing() && !twin.isThere()) {
            strays(changes);
          }
        });
  }

  /**
   * A merge patch (RFC 7396) is to be applied to what is at a path: members that it says null of
   * go, others that it names are put, the rest stays. As a whole patch, null deletes the path.
   */
  public TwinOutcome patch(TwinPath path, JsonNode patch) {
    return change(
        changes -> {
          mustBeThere(path);
          if (patch.isNull()) {
            delete(path, changes);
            return;
          }
          if (path.isThing()) {
            ThingBody.checkPatch(twin.id(), patch);
          } else if (path.role() == Role.THING_ID) {
            ThingBody.checkId(twin.id(), patch);
            return;
          }
          new Writing(changes, limits, twin.isThere()).patch(path, twin.place(path), patch);
        });
  }

  /**
   * What is at a path is to go, with all below it; the last member of an object leaves it empty.
   */
  public TwinOutcome delete(TwinPath path) {
    return change(changes -> delete(path, changes));
  }

  /** A set, counter, stock or list is to be changed by one step of its own. */
  public TwinOutcome edit(TwinPath path, TypedEdit edit) {
    return change(
        changes -> {
          mustBeThere(path);
          new Stepping(changes, limits).edit(path, twin.place(path), edit);
        });
  }

  private TwinOutcome change(Consumer<Changes> work) {
    try {
      Changes changes = new Changes(twin.id(), limits);
      work.accept(changes);
      return new TwinOutcome.Change(changes.edits());
    } catch (RefusedException refused) {
      return new TwinOutcome.Refused(refused.refusal());
    }
  }

  private void delete(TwinPath path, Changes changes) {
    mustBeThere(path);
    if (path.role() == Role.THING_ID) {
      throw new RefusedException(
          new Refusal.InvalidValue(path.text(), "an id never changes", "delete the whole thing"));
    }
    if (path.isThing()) {
      changes.add(new Edit.Write(lifecycle(changes), Lifecycle.DELETED.octets()));
      changes.remove(twin.place(path));
      strays(changes);
      return;
    }
    changes.remove(twin.place(path));
    Place above = twin.place(path.parent());
    if (above != null && !path.parent().isThing() && above.shownMembers().size() == 1) {
      changes.say(above.path, above, ValueCodec.MEMBERS);
    }
  }

  private void active(Changes changes) {
    boolean settled =
        twin.isThere()
            && twin.lifecycle().values().stream().allMatch(Lifecycle.ACTIVE.octets()::equals);
    if (!settled) {
      changes.add(new Edit.Write(lifecycle(changes), Lifecycle.ACTIVE.octets()));
    }
  }

  private static Leaf lifecycle(Changes changes) {
    return changes.leaf(Twin.LIFECYCLE, Kind.REGISTER);
  }

  private void strays(Changes changes) {
    for (Leaf leaf : twin.strays().keySet()) {
      if (leaf.kind() != Kind.STOCK) {
        changes.add(new Edit.Clear(leaf));
      }
    }
  }

  private void mustBeThere(TwinPath path) {
    if (!twin.isThere()) {
      throw new RefusedException(new Refusal.NotThere(""));
    }
    if (twin.json(path, Form.PLAIN).isEmpty()) {
      throw new RefusedException(new Refusal.NotThere(path.text()));
    }
  }

  /** Nothing above the path is anything but an object. */
  private void reachable(TwinPath path) {
    for (int i = 1; i < path.names().size(); i++) {
      TwinPath above = new TwinPath(path.names().subList(0, i));
      @Nullable Place place = twin.place(above);
      if (place == null) {
        return;
      }
      switch (place.shown()) {
        case Shown.Nothing _, Shown.Members _ -> {}
        case Shown.Value _ ->
            throw new RefusedException(new Refusal.NoObject(above.text(), Kind.REGISTER));
        case Shown.Typed it ->
            throw new RefusedException(new Refusal.NoObject(above.text(), it.kind()));
      }
    }
  }
}
