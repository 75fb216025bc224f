package dev.holdfast.gateway.api;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Turns away what a web page in somebody's browser sends here: the interface asks nobody who they
 * are, and trusts that only people on this machine reach it.
 */
final class Guard {
  private Guard() {}

  static void check(Context context) {
    Optional<String> host = Optional.ofNullable(context.header("Host"));
    if (host.isPresent() && !isLocal("http://" + host.get())) {
      throw new Problem(
          Problem.Kind.FORBIDDEN,
          "the Host header names " + host.get() + "; ask for 127.0.0.1 or localhost");
    }
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    if (origin.isPresent() && !isLocal(origin.get())) {
      throw new Problem(Problem.Kind.FORBIDDEN, "pages of " + origin.get() + " may not ask here");
    }
  }

  private static boolean isLocal(String address) {
    try {
      String host = new URI(address).getHost();
      return host != null
          && (host.equals("localhost")
              || host.equals("[::1]")
              || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
