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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Sets, counters, stocks, lists and blobs as JSON. */
final class TypedJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TypedJson() {}

  /** What is worth what it holds: an array, a number, a text in Base64. */
  static JsonNode plain(DotStore store) {
    return switch (store) {
      case OrSet set -> array(set.elements());
      case CrdtList list -> array(list.values());
      case PnCounter counter -> NumberCodec.integer(counter.value());
      case BoundedCounter stock -> NumberCodec.integer(stock.value());
      case Blob blob ->
          JSON.stringNode(blob.shown().map(version -> base64(version.value().octets())).orElse(""));
      case MvRegister _, OrMap _ -> JSON.nullNode();
    };
  }

  static JsonNode of(Form form, DotStore store) {
    return switch (form) {
      case PLAIN -> plain(store);
      case TYPED -> new Declaration(store.kind(), plain(store)).json();
    };
  }

  private static ArrayNode array(List<Octets> elements) {
    ArrayNode array = JSON.arrayNode();
    elements.forEach(each -> array.add(ValueCodec.element(each).orElseGet(() -> octets(each))));
    return array;
  }

  /** Octets that cannot be read as a value. */
  static JsonNode octets(Octets octets) {
    return JSON.objectNode().put(Declaration.OCTETS, base64(octets));
  }

  /** Octets that {@link #octets} wrote, and that indeed cannot be read as a value. */
  static Optional<Octets> octets(JsonNode json) {
    if (!json.isObject() || json.size() != 1 || !json.path(Declaration.OCTETS).isString()) {
      return Optional.empty();
    }
    return ofBase64(json.path(Declaration.OCTETS).stringValue())
        .filter(octets -> ValueCodec.element(octets).isEmpty());
  }

  static String base64(Octets octets) {
    return Base64.getEncoder().encodeToString(octets.toByteArray());
  }

  static Optional<Octets> ofBase64(String text) {
    try {
      return Optional.of(Octets.wrap(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Nothing yet, of that kind. */
  static DotStore bottom(Kind kind) {
    return switch (kind) {
      case REGISTER -> MvRegister.EMPTY;
      case MAP -> OrMap.EMPTY;
      case SET -> OrSet.EMPTY;
      case COUNTER -> PnCounter.EMPTY;
      case STOCK -> BoundedCounter.EMPTY;
      case BLOB -> Blob.EMPTY;
      case LIST -> CrdtList.EMPTY;
    };
  }
}
