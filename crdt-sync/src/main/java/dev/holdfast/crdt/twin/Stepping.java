package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrMap;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Changes sets, counters, stocks, lists and blobs: to what they are to show, or by one step. */
final class Stepping {
  private final Changes changes;
  private final TwinLimits limits;

  Stepping(Changes changes, TwinLimits limits) {
    this.changes = changes;
    this.limits = limits;
  }

  /** A place is to be of that kind and to show that, by the steps that it takes. */
  void declare(TwinPath path, @Nullable Place place, Declaration declared) {
    Kind kind = declared.kind();
    if (place != null) {
      place.members.values().forEach(changes::remove);
      changes.clearTyped(place, kind);
    }
    changes.say(path, place, ValueCodec.declaration(kind));
    DotStore store = place == null ? TypedJson.bottom(kind) : place.typed(kind);
    Leaf leaf = changes.leaf(path.text(), kind);
    JsonNode content = declared.content();
    switch (store) {
      case OrSet set -> set(path, leaf, set, content);
      case CrdtList list -> list(leaf, list.values(), values(path, content, "an array"));
      case PnCounter counter -> count(path, leaf, counter.value(), content);
      case BoundedCounter stock -> stock(path, leaf, stock, content);
      case Blob blob -> blob(path, leaf, blob, content);
      case MvRegister _, OrMap _ -> throw new IllegalStateException("no declaration: " + kind);
    }
  }

  private void set(TwinPath path, Leaf leaf, OrSet set, JsonNode content) {
    List<Octets> all = values(path, content, "an array of values that differ");
    TreeSet<Octets> wanted = new TreeSet<>(all);
    if (wanted.size() < all.size()) {
      throw invalid(path, "a value stands twice in a set", "say each once");
    }
    for (Octets element : set.elements()) {
      if (!wanted.remove(element)) {
        changes.add(new Edit.Remove(leaf, element));
      }
    }
    wanted.forEach(element -> changes.add(new Edit.Add(leaf, element)));
  }

  /** What is the same at both ends stays; what is between goes, and the new comes. */
  private void list(Leaf leaf, List<Octets> is, List<Octets> wanted) {
    int begin = 0;
    int most = Math.min(is.size(), wanted.size());
    while (begin < most && is.get(begin).equals(wanted.get(begin))) {
      begin++;
    }
    int end = 0;
    while (end < most - begin
        && is.get(is.size() - 1 - end).equals(wanted.get(wanted.size() - 1 - end))) {
      end++;
    }
    for (int i = is.size() - end - 1; i >= begin; i--) {
      changes.add(new Edit.Delete(leaf, i));
    }
    for (int i = begin; i < wanted.size() - end; i++) {
      changes.add(new Edit.Insert(leaf, i, wanted.get(i)));
    }
  }

  private List<Octets> values(TwinPath path, JsonNode content, String due) {
    if (!content.isArray()) {
      throw invalid(path, "this is no array", "put " + due);
    }
    List<Octets> values = new ArrayList<>();
    content.values().forEach(each -> values.add(element(path, each)));
    return values;
  }

  private Octets element(TwinPath path, JsonNode json) {
    Optional<Octets> unread = TypedJson.octets(json);
    return unread.isPresent() ? unread.get() : Writing.encode(path, json, limits);
  }

  private void count(TwinPath path, Leaf leaf, BigInteger is, JsonNode content) {
    BigInteger by = integer(path, content).subtract(is);
    if (by.bitLength() >= Long.SIZE) {
      throw invalid(path, "too far from " + is + " for one step", "count by less than 2^63");
    }
    if (by.signum() != 0) {
      changes.add(new Edit.Count(leaf, by.longValue()));
    }
  }

  private void stock(TwinPath path, Leaf leaf, BoundedCounter stock, JsonNode content) {
    BigInteger wanted = integer(path, content);
    BigInteger more = wanted.subtract(stock.value());
    if (wanted.signum() < 0 || more.bitLength() >= Long.SIZE) {
      throw invalid(path, "a stock holds 0 to 2^63 - 1", "put what there is");
    }
    if (more.signum() < 0) {
      throw new RefusedException(
          new Refusal.StockLowered(path.text(), stock.value().toString(), wanted.toString()));
    }
    if (more.signum() > 0) {
      changes.add(new Edit.Make(leaf, more.longValue()));
    }
  }

  private static BigInteger integer(TwinPath path, JsonNode content) {
    if (!content.isIntegralNumber()) {
      throw invalid(path, "this is no integer", "put an integer");
    }
    return content.bigIntegerValue();
  }

  private void blob(TwinPath path, Leaf leaf, Blob blob, JsonNode content) {
    Optional<Octets> octets =
        content.isString() ? TypedJson.ofBase64(content.stringValue()) : Optional.empty();
    if (octets.isEmpty()) {
      throw invalid(path, "this is no Base64", "put a text in Base64 (RFC 4648 §4)");
    }
    int size = octets.get().size();
    if (size > limits.blobBytes()) {
      throw new RefusedException(
          new Refusal.TooLarge(path.text(), "a blob", size, limits.blobBytes(), "bytes"));
    }
    boolean same =
        !blob.isEmpty() && blob.values().stream().allMatch(it -> it.octets().equals(octets.get()));
    if (!same) {
      changes.add(new Edit.Upload(leaf, octets.get()));
    }
  }

  /** One step, if it is one of what is there. */
  void edit(TwinPath path, @Nullable Place place, TypedEdit edit) {
    switch (edit) {
      case TypedEdit.Add(JsonNode json) -> {
        seen(path, place, OrSet.EMPTY);
        changes.add(new Edit.Add(leaf(path, Kind.SET), element(path, json)));
      }
      case TypedEdit.Remove(JsonNode json) -> {
        Octets element = element(path, json);
        if (seen(path, place, OrSet.EMPTY).contains(element)) {
          changes.add(new Edit.Remove(leaf(path, Kind.SET), element));
        }
      }
      case TypedEdit.Count(long by) -> {
        seen(path, place, PnCounter.EMPTY);
        if (by != 0) {
          changes.add(new Edit.Count(leaf(path, Kind.COUNTER), by));
        }
      }
      case TypedEdit.Make(long amount) -> {
        stock(path, place, amount);
        changes.add(new Edit.Make(leaf(path, Kind.STOCK), amount));
      }
      case TypedEdit.Take(long amount) -> {
        stock(path, place, amount);
        changes.add(new Edit.Take(leaf(path, Kind.STOCK), amount));
      }
      case TypedEdit.Give(Octets to, long amount) -> {
        stock(path, place, amount);
        changes.add(new Edit.Give(leaf(path, Kind.STOCK), to, amount));
      }
      case TypedEdit.Insert(int index, JsonNode json) -> {
        index(path, index, seen(path, place, CrdtList.EMPTY).size());
        changes.add(new Edit.Insert(leaf(path, Kind.LIST), index, element(path, json)));
      }
      case TypedEdit.Delete(int index) -> {
        index(path, index, seen(path, place, CrdtList.EMPTY).size() - 1);
        changes.add(new Edit.Delete(leaf(path, Kind.LIST), index));
      }
    }
  }

  private Leaf leaf(TwinPath path, Kind kind) {
    return changes.leaf(path.text(), kind);
  }

  private static void stock(TwinPath path, @Nullable Place place, long amount) {
    seen(path, place, BoundedCounter.EMPTY);
    if (amount < 1) {
      throw invalid(path, "an amount of " + amount, "say 1 or more");
    }
  }

  private static void index(TwinPath path, int index, int most) {
    if (index < 0 || index > most) {
      throw invalid(path, "index " + index + ", " + most + " at most", "read the list again");
    }
  }

  /** What is shown there, of the kind of {@code bottom}. */
  @SuppressWarnings("unchecked") // each kind is one class
  private static <S extends DotStore> S seen(TwinPath path, @Nullable Place place, S bottom) {
    Kind is =
        place == null
            ? Kind.MAP
            : switch (place.shown()) {
              case Shown.Nothing _, Shown.Members _ -> Kind.MAP;
              case Shown.Value _ -> Kind.REGISTER;
              case Shown.Typed it -> it.kind();
            };
    if (place == null || is != bottom.kind()) {
      throw new RefusedException(
          new Refusal.WrongKind(path.text(), is, Declaration.words(bottom.kind())));
    }
    return (S) place.typed(is);
  }

  private static RefusedException invalid(TwinPath path, String reason, String mend) {
    return new RefusedException(new Refusal.InvalidValue(path.text(), reason, mend));
  }
}
