package dev.holdfast.gateway.api;

import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.plan.PlanKeeper;
import java.util.List;
import java.util.function.Supplier;

/**
 * What operators may see and do beside the node.
 *
 * @param config the configuration in force
 * @param plan the contact plan
 * @param reload reads configuration and plan anew
 * @param health how the parts of the gateway are
 */
public record Operations(
    Supplier<GatewayConfig> config,
    PlanKeeper plan,
    Supplier<Reloaded> reload,
    Supplier<List<HealthCheck>> health) {

  /**
   * What became of a reload.
   *
   * @param good whether all of it is in force; if not, nothing is
   * @param lines what changed, what is wrong, or what needs a restart
   */
  public record Reloaded(boolean good, List<String> lines) {
    /** Keeps its own copy. */
    public Reloaded {
      lines = List.copyOf(lines);
    }
  }

  /**
   * How a part of the gateway is.
   *
   * @param name what part
   * @param vital whether the gateway as a whole is of no use without it: then it is not even alive
   * @param good whether it does its work
   * @param text for people
   */
  public record HealthCheck(String name, boolean vital, boolean good, String text) {}
}
