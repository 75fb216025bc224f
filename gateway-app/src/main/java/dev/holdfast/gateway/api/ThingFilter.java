package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.ThingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which things are wanted, and what of them.
 *
 * @param ids these; empty for all
 * @param namespaces of these only; empty for all
 * @param fields members of them; empty for all
 */
record ThingFilter(List<ThingId> ids, List<String> namespaces, Optional<TwinFields> fields) {
  private static final int MOST = 64;

  /** Keeps its own copies. */
  ThingFilter {
    ids = List.copyOf(ids);
    namespaces = List.copyOf(namespaces);
  }

  /** What a query asks for. */
  static ThingFilter of(Parameters query) {
    List<ThingId> ids = new ArrayList<>();
    for (String id : query.value("ids", ThingFilter::list).orElse(List.of())) {
      ids.add(TwinTarget.id(id));
    }
    List<String> namespaces = query.value("namespaces", ThingFilter::list).orElse(List.of());
    return new ThingFilter(ids, namespaces, query.value("fields", TwinFields::of));
  }

  private static List<String> list(String text) {
    List<String> all = List.of(text.split(",", -1));
    if (all.size() > MOST) {
      throw new IllegalArgumentException(all.size() + " are named, " + MOST + " at most");
    }
    return all;
  }

  boolean wants(ThingId id) {
    return (ids.isEmpty() || ids.contains(id))
        && (namespaces.isEmpty() || namespaces.contains(id.namespace()));
  }

  /** Whether nothing but ids is wanted. */
  boolean isIdOnly() {
    return fields.filter(TwinFields::isIdOnly).isPresent();
  }

  /** What is wanted of a thing. */
  JsonNode fields(JsonNode thing) {
    return fields.map(wanted -> wanted.of(thing)).orElse(thing);
  }
}
