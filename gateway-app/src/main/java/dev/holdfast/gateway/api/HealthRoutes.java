package dev.holdfast.gateway.api;

import dev.holdfast.gateway.api.Operations.HealthCheck;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Whether the gateway lives, and whether it is ready: its store open, its listeners bound, its plan
 * loaded, its clock within bounds. Never whether a link is up: links are down most of the time.
 */
final class HealthRoutes {
  private final Supplier<List<HealthCheck>> health;

  HealthRoutes(Supplier<List<HealthCheck>> health) {
    this.health = health;
  }

  void live(Context context) {
    answer(context, HealthCheck::vital, false);
  }

  void ready(Context context) {
    answer(context, _ -> true, false);
  }

  void health(Context context) {
    Parameters query = new Parameters(context);
    boolean verbose = query.flag("verbose");
    query.end();
    answer(context, _ -> true, verbose);
  }

  private void answer(Context context, Predicate<HealthCheck> concerned, boolean verbose) {
    List<HealthCheck> checks = health.get().stream().filter(concerned).toList();
    List<HealthCheck> shown = verbose ? checks : checks.stream().filter(c -> !c.good()).toList();
    boolean good = checks.stream().allMatch(HealthCheck::good);
    context.status(good ? 200 : 503);
    Routes.json(
        context,
        Json.object(
            out -> {
              out.writeStringProperty("status", good ? "ok" : "not ok");
              Json.list(
                  out,
                  "checks",
                  shown,
                  check -> {
                    out.writeStringProperty("name", check.name());
                    out.writeBooleanProperty("good", check.good());
                    out.writeStringProperty("text", check.text());
                  });
            }));
  }
}
