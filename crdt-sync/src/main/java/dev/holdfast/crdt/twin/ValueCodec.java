package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as octets, one form each: deterministic CBOR (RFC 8949 §4.2.1).
 *
 * <pre>
 *   null, false, true, text, array     as in CBOR
 *   number                             {@link NumberCodec}
 *   object within an array             a map, keys in the order of their encoded octets
 *   object                             an empty map: its members have leaves of their own
 *   a leaf of another kind             {0: kind}, 1 a set, 2 a counter, 3 a stock, 4 a blob, 5 a list
 * </pre>
 *
 * <p>Reading is total: what was not written so is {@link Content.Unreadable}.
 */
final class ValueCodec {
  private static final List<Kind> KINDS =
      List.of(Kind.REGISTER, Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.BLOB, Kind.LIST);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** An object, seen from its register. */
  static final Octets MEMBERS = new CborWriter(1).map(0).endMap().finish();

  private static final List<Octets> DECLARATIONS =
      KINDS.stream()
          .map(KINDS::indexOf)
          .map(code -> new CborWriter(4).map(1).key(0).unsigned(code).endMap().finish())
          .toList();

  private ValueCodec() {}

  /** What declares a leaf of that kind. */
  static Octets declaration(Kind kind) {
    return DECLARATIONS.get(KINDS.indexOf(kind));
  }

  /** The octets of a value of which {@link JsonFault} finds nothing wrong. */
  static Octets encode(JsonNode value) {
    CborWriter to = new CborWriter(32);
    write(to, value);
    return to.finish();
  }

  private static void write(CborWriter to, JsonNode value) {
    if (value.isNumber()) {
      NumberCodec.write(to, value);
    } else if (value.isString()) {
      to.text(value.stringValue());
    } else if (value.isBoolean()) {
      to.bool(value.booleanValue());
    } else if (value.isArray()) {
      to.array(value.size());
      value.forEach(each -> write(to, each));
      to.end();
    } else if (value.isObject()) {
      map(to, value);
    } else {
      to.nil();
    }
  }

  private static void map(CborWriter to, JsonNode object) {
    var members = new TreeMap<Octets, Map.Entry<String, JsonNode>>();
    object.properties().forEach(member -> members.put(key(member.getKey()), member));
    to.map(members.size());
    for (Map.Entry<String, JsonNode> member : members.values()) {
      to.key(member.getKey());
      write(to, member.getValue());
    }
    to.endMap();
  }

  private static Octets key(String name) {
    Octets utf8 = Octets.wrap(name.getBytes(StandardCharsets.UTF_8));
    return new CborWriter(utf8.size() + 5).text(name).finish();
  }

  /** What a register says. */
  static Content read(Octets octets) {
    if (octets.equals(MEMBERS)) {
      return new Content.Members();
    }
    int code = DECLARATIONS.indexOf(octets);
    if (code > 0) {
      return new Content.Declared(KINDS.get(code));
    }
    Optional<JsonNode> value = element(octets);
    return value.isEmpty() || value.get().isObject()
        ? new Content.Unreadable()
        : new Content.Value(value.get());
  }

  /** What an element of a set or of a list says; empty if that cannot be read. */
  static Optional<JsonNode> element(Octets octets) {
    try {
      CborReader from = new CborReader(octets);
      JsonNode value = value(from, TwinLimits.DEPTH_MAX + 1);
      from.expectEnd();
      return Optional.of(value);
    } catch (WireException _) {
      return Optional.empty();
    }
  }

  private static JsonNode value(CborReader from, int depth) {
    if (depth == 0) {
      throw from.fault(from.offset(), "nested too deep");
    }
    return switch (from.peek()) {
      case UNSIGNED, NEGATIVE, TAG -> NumberCodec.read(from);
      case TEXT -> JSON.stringNode(from.text(from.remaining()));
      case ARRAY -> {
        ArrayNode array = JSON.arrayNode();
        for (int left = from.array(); left > 0; left--) {
          array.add(value(from, depth - 1));
        }
        yield array;
      }
      case MAP -> object(from, depth);
      case OTHER -> from.nextIsNull() ? JSON.nullNode() : JSON.booleanNode(from.bool());
      case BYTES -> throw from.fault(from.offset(), "JSON has no byte strings");
    };
  }

  private static ObjectNode object(CborReader from, int depth) {
    ObjectNode object = JSON.objectNode();
    Octets last = Octets.EMPTY;
    for (int left = from.map(); left > 0; left--) {
      int where = from.offset();
      String name = from.text(from.remaining());
      Octets key = from.slice(where, from.offset());
      if (last.compareTo(key) >= 0) {
        throw from.fault(where, "keys come in the order of their octets, each once");
      }
      last = key;
      object.set(name, value(from, depth - 1));
    }
    return object;
  }
}
