package dev.holdfast.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The OpenAPI document as something that answers are held against. */
final class Contract {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  static Contract read() {
    try (InputStream in = ApiServer.class.getResourceAsStream("openapi.json")) {
      return new Contract(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every operation as {@code GET /path}. */
  TreeSet<String> operations() {
    TreeSet<String> operations = new TreeSet<>();
    for (var path : document.get("paths").properties()) {
      for (String method : METHODS) {
        if (path.getValue().has(method)) {
          operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  /** Query parameters of an operation. */
  List<String> query(String method, String path) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation(method, path).path("parameters")) {
      names.add(parameter.get("name").asString());
    }
    return names;
  }

  /** What is wrong with an answer; empty if it keeps the contract. */
  List<String> check(String method, String path, int status, String contentType, String body) {
    JsonNode response = resolve(operation(method, path).path("responses").path("" + status));
    if (response.isMissingNode()) {
      return List.of("status " + status + " is not in the document");
    }
    if (!response.has("content")) {
      return body.isEmpty() ? List.of() : List.of("a body where there should be none");
    }
    String type = contentType.split(";", 2)[0];
    Optional<JsonNode> content = Optional.ofNullable(response.get("content").get(type));
    if (content.isEmpty()) {
      return List.of("content type " + type + " is not in the document");
    }
    List<String> wrong = new ArrayList<>();
    if (content.get().has("schema")) {
      check(content.get().get("schema"), new ObjectMapper().readTree(body), "$", wrong);
    }
    return wrong;
  }

  private JsonNode operation(String method, String path) {
    for (var each : document.get("paths").properties()) {
      String form = each.getKey().replace("{path}", ".+").replaceAll("\\{[a-z]+}", "[^/]+");
      if (path.matches(form) && each.getValue().has(method.toLowerCase(java.util.Locale.ROOT))) {
        return each.getValue().get(method.toLowerCase(java.util.Locale.ROOT));
      }
    }
    throw new AssertionError("no operation " + method + " " + path + " in the document");
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
    JsonNode real = resolve(schema);
    List<String> types = new ArrayList<>();
    if (real.path("type").isArray()) {
      real.get("type").forEach(type -> types.add(type.asString()));
    } else {
      types.add(real.path("type").asString("any"));
    }
    if (types.stream().noneMatch(type -> is(type, value))) {
      wrong.add(at + " is " + value + ", not " + types);
    } else if (value.isObject()) {
      object(real, value, at, wrong);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(real.get("items"), value.get(i), at + "[" + i + "]", wrong);
      }
    } else if (real.has("enum") && real.get("enum").valueStream().noneMatch(value::equals)) {
      wrong.add(at + " is " + value + ", none of " + real.get("enum"));
    }
  }

  private void object(JsonNode schema, JsonNode value, String at, List<String> wrong) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asString())) {
        wrong.add(at + " has no " + required.asString());
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (var member : value.properties()) {
      JsonNode known = schema.path("properties").path(member.getKey());
      if (!known.isMissingNode()) {
        check(known, member.getValue(), at + "." + member.getKey(), wrong);
      } else if (others.isObject()) {
        check(others, member.getValue(), at + "." + member.getKey(), wrong);
      } else if (others.isBoolean() && !others.booleanValue()) {
        wrong.add(at + " has " + member.getKey() + ", which is not in the document");
      }
    }
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> true;
    };
  }
}
