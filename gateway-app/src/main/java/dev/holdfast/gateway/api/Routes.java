package dev.holdfast.gateway.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
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
    context.contentType("application/json").result(document);
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
