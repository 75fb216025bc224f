package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How much of anything a state takes, from outside or from here: checked on a delta before it is
 * joined.
 *
 * @param depth maps within maps, the outermost included: bounds the stack
 * @param nameBytes bytes of a name in a map as UTF-8: names are in every index and every delta
 * @param valueBytes bytes of one value of a register, set or list: it is kept in memory and moved
 *     whole
 * @param blobBytes bytes of one blob: it is kept in memory, hashed and moved whole
 * @param shares writers to whom one writer gave of one stock: its row is moved whole
 * @param positionSteps steps of the position of a list's element: who always writes between the
 *     last two makes one more every second time
 */
public record CrdtLimits(
    int depth, int nameBytes, int valueBytes, int blobBytes, int shares, int positionSteps) {
  /** 16 maps deep, names of 1 KiB, values of 64 KiB, blobs of 16 MiB, 4,096 shares and steps. */
  public static final CrdtLimits DEFAULT =
      new CrdtLimits(16, 1_024, 65_536, 16 << 20, 4_096, 4_096);

  /** Checks that every limit lets something through. */
  public CrdtLimits {
    if (depth < 1
        || nameBytes < 1
        || valueBytes < 1
        || blobBytes < 1
        || shares < 1
        || positionSteps < 1) {
      throw new IllegalArgumentException("a limit that no state can keep");
    }
  }

  /** Why a state or delta with that store is refused; empty if it is not. */
  public Optional<String> refusal(DotStore store) {
    return refusal(store, 1);
  }

  private Optional<String> refusal(DotStore store, int level) {
    return switch (store) {
      case OrMap map -> inMap(map, level);
      case MvRegister register ->
          register.values().stream().flatMap(v -> value(v).stream()).findFirst();
      case OrSet set -> set.elements().stream().flatMap(v -> value(v).stream()).findFirst();
      case CrdtList list -> list.entries.values().stream().flatMap(e -> in(e).stream()).findFirst();
      case Blob blob ->
          blob.values().stream()
              .filter(content -> content.size() > blobBytes)
              .map(content -> tooMuch("a blob of", content.size(), blobBytes, "bytes"))
              .findFirst();
      case BoundedCounter stock ->
          stock.entries.values().stream()
              .filter(row -> row.given().size() > shares)
              .map(row -> tooMuch("a stock with", row.given().size(), shares, "shares"))
              .findFirst();
      case PnCounter _ -> Optional.empty();
    };
  }

  private Optional<String> inMap(OrMap map, int level) {
    if (level > depth) {
      return Optional.of(tooMuch("maps nested", level, depth, "deep"));
    }
    for (Field field : map.fields()) {
      int bytes = field.name().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > nameBytes) {
        return Optional.of(tooMuch("a name of", bytes, nameBytes, "bytes"));
      }
      DotStore below = map.store(field);
      Optional<String> why = below == null ? Optional.empty() : refusal(below, level + 1);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> in(CrdtList.Element element) {
    int steps = element.position().path().size();
    return steps > positionSteps
        ? Optional.of(tooMuch("a position of", steps, positionSteps, "steps"))
        : value(element.value());
  }

  private Optional<String> value(Octets value) {
    return value.size() > valueBytes
        ? Optional.of(tooMuch("a value of", value.size(), valueBytes, "bytes"))
        : Optional.empty();
  }

  private static String tooMuch(String what, long is, long most, String unit) {
    return what + " " + is + " " + unit + ", " + most + " at most";
  }
}
