package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Dot;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One step of a set, counter, stock or list, that others may take steps of at the same time. As
 * JSON:
 *
 * <pre>
 *   {"$add": value}   {"$remove": value}               a set
 *   {"$count": integer}                                a counter
 *   {"$make": amount}   {"$take": amount}              a stock
 *   {"$give": {"to": stream in hex, "amount": amount}} a stock
 *   {"$insert": {"index": integer, "value": value}}    a list
 *   {"$delete": index}                                 a list
 * </pre>
 */
public sealed interface TypedEdit {
  /**
   * A value is to be in a set, also if it is taken out elsewhere at the same time.
   *
   * @param element which
   */
  record Add(JsonNode element) implements TypedEdit {}

  /**
   * A value is to leave a set.
   *
   * @param element which; if it is not there, nothing changes
   */
  record Remove(JsonNode element) implements TypedEdit {}

  /**
   * A counter is to go up, or down.
   *
   * @param by how far
   */
  record Count(long by) implements TypedEdit {}

  /**
   * Something comes into a stock.
   *
   * @param amount 1 or more
   */
  record Make(long amount) implements TypedEdit {}

  /**
   * Something is taken from a stock, if this region holds the rights.
   *
   * @param amount 1 or more
   */
  record Take(long amount) implements TypedEdit {}

  /**
   * Rights to a part of a stock are given away, if this region holds them.
   *
   * @param to the stream that gets them
   * @param amount 1 or more
   */
  record Give(Octets to, long amount) implements TypedEdit {}

  /**
   * A value comes into a list.
   *
   * @param index before which one, 0 to the list's size
   * @param value which
   */
  record Insert(int index, JsonNode value) implements TypedEdit {}

  /**
   * A value of a list is to go.
   *
   * @param index which one, 0 to the list's size less one
   */
  record Delete(int index) implements TypedEdit {}

  /** Reads an edit from outside. */
  static Parsed<TypedEdit> of(JsonNode json) {
    if (!json.isObject() || json.size() != 1) {
      return bad("an edit is an object with one member, such as {\"$count\": 1}");
    }
    Map.Entry<String, JsonNode> only = json.properties().iterator().next();
    JsonNode value = only.getValue();
    Optional<TypedEdit> edit =
        switch (only.getKey()) {
          case "$add" -> Optional.of(new Add(value));
          case "$remove" -> Optional.of(new Remove(value));
          case "$count" -> number(value, Long.MIN_VALUE, Long.MAX_VALUE).map(Count::new);
          case "$make" -> number(value, 1, Long.MAX_VALUE).map(Make::new);
          case "$take" -> number(value, 1, Long.MAX_VALUE).map(Take::new);
          case "$give" ->
              number(value.path("amount"), 1, Long.MAX_VALUE)
                  .flatMap(
                      amount -> actor(value.path("to")).<TypedEdit>map(to -> new Give(to, amount)))
                  .filter(_ -> value.size() == 2);
          case "$insert" ->
              number(value.path("index"), 0, Integer.MAX_VALUE)
                  .filter(_ -> value.has("value") && value.size() == 2)
                  .map(index -> new Insert(index.intValue(), value.path("value")));
          case "$delete" ->
              number(value, 0, Integer.MAX_VALUE).map(index -> new Delete(index.intValue()));
          default -> Optional.empty();
        };
    return edit.<Parsed<TypedEdit>>map(Parsed.Good::new)
        .orElseGet(
            () ->
                bad(
                    "no such edit: "
                        + only.getKey()
                        + "; there are $add, $remove, $count, $make, $take, $give, $insert and"
                        + " $delete, each with its own content"));
  }

  private static Parsed<TypedEdit> bad(String reason) {
    return new Parsed.Bad<>(0, "an edit", reason);
  }

  private static Optional<Long> number(JsonNode json, long least, long most) {
    return json.isIntegralNumber() && json.canConvertToLong()
        ? Optional.of(json.longValue()).filter(it -> it >= least && it <= most)
        : Optional.empty();
  }

  private static Optional<Octets> actor(JsonNode json) {
    return json.isString() && json.stringValue().matches("[0-9a-f]{" + 2 * Dot.ACTOR_SIZE + "}")
        ? Optional.of(Octets.ofHex(json.stringValue()))
        : Optional.empty();
  }
}
