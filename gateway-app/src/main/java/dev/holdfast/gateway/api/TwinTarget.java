package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.crdt.twin.TwinPath;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a path of the interface is about. Each part of it is a name: with percent signs for octets
 * (RFC 3986 §2.1), and in it {@code ~1} or {@code %2F} for a slash and {@code ~0} for a tilde.
 *
 * @param thing which thing
 * @param path where in it
 */
record TwinTarget(ThingId thing, TwinPath path) {
  private static final String THINGS = "/api/2/things/";

  /** The whole of the thing that the path parameter {@code thing} names. */
  static TwinTarget thing(Context context) {
    return new TwinTarget(id(context.pathParam("thing")), TwinPath.THING);
  }

  /** A part of a thing. The server's own reading would take {@code %2F} for a slash between. */
  static TwinTarget part(Context context) {
    String raw = context.req().getRequestURI().substring(THINGS.length());
    String[] parts = raw.split("/", -1);
    List<String> names = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      boolean slashAtTheEnd = i == parts.length - 1 && parts[i].isEmpty();
      if (!slashAtTheEnd) {
        names.add(decoded(parts[i]).replace("/", "~1"));
      }
    }
    String pointer = String.join("/", names);
    TwinPath path =
        Routes.path(pointer, text -> TwinPath.parse(text, TwinLimits.DEFAULT).orElseThrow());
    return new TwinTarget(id(decoded(parts[0])), path);
  }

  /** The thing of that id. */
  static ThingId id(String text) {
    return Routes.path(
        text,
        id -> {
          try {
            return ThingId.parse(id, TwinLimits.DEFAULT).orElseThrow();
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + id + "' is no id: " + e.getMessage(), e);
          }
        });
  }

  private static String decoded(String part) {
    return Routes.path(
        part.replace("+", "%2B"), text -> URLDecoder.decode(text, StandardCharsets.UTF_8));
  }
}
