package dev.holdfast.gateway.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** How routes answer. */
final class Routes {
  private Routes() {}

  /**
   * One route.
   *
   * @param method the method
   * @param path the path, with names of path parameters in braces
   * @param handler who serves it
   */
  record Route(HandlerType method, String path, Handler handler) {}

  /** Answers with a JSON document. */
  static void json(Context context, String document) {
    json(context, "application/json", document);
  }

  /** Answers with a JSON document of a type of its own; JSON is UTF-8 (RFC 8259 §8.1). */
  static void json(Context context, String type, String document) {
    context.contentType(type).result(document.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a path parameter. */
  static <T> T path(String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(String.valueOf(e.getMessage()));
    }
  }
}
