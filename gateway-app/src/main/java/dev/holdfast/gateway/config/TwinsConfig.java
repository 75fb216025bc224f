package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.crdt.block.VerifyKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Twins, and with whom they are kept in step.
 *
 * @param region name of this region, for people; no default
 * @param keys private keys of this region as {@code holdfast keys generate} writes them, oldest
 *     first; the first names the region for ever, the last signs. To replace the key, add one and
 *     restart; of one that was replaced everywhere the public key is enough. No default
 * @param regions the other regions; default none
 * @param classes what is shared with whom; default none, then nothing leaves this region
 * @param export which class a write belongs to, the first rule that fits counts; default none
 * @param otherwise the class of what no rule fits; default {@code local}, which never leaves
 * @param lifetime lifetime of bundles that carry writes, default 30d. Shorter: less waits in
 *     custody for a region that is out of reach; what expired is said again at the next contact
 * @param digestLifetime lifetime of bundles that say how far this region is, default 7d
 * @param answerWithin how long a region that no contact plan leads to may take to answer, default
 *     1h. Shorter: what is lost is said again sooner, and what is only slow is said twice
 * @param history how many writes of each region are kept in their order for a region that has not
 *     confirmed them, 1,024..2^53, default 1,000,000; what it lacks beyond that it is told as a
 *     state. Smaller: what was replaced or deleted is gone sooner, and less is kept
 * @param witness a file that a copy of the store put back would not put back with it; default
 *     beside the store's directory
 */
public record TwinsConfig(
    String region,
    List<Path> keys,
    List<RegionConfig> regions,
    List<ClassConfig> classes,
    List<RuleConfig> export,
    String otherwise,
    Duration lifetime,
    Duration digestLifetime,
    Duration answerWithin,
    long history,
    Optional<Path> witness) {
  /** Keeps unmodifiable copies. */
  public TwinsConfig {
    keys = List.copyOf(keys);
    regions = List.copyOf(regions);
    classes = List.copyOf(classes);
    export = List.copyOf(export);
  }

  /**
   * Another region.
   *
   * @param name for people; rules and metrics name it so
   * @param node its gateway
   * @param key its first public key, as {@code holdfast keys show} prints it
   * @param jurisdiction under whose law it is, for classes that name some; default none
   */
  public record RegionConfig(
      String name, NodeId node, VerifyKey key, Optional<String> jurisdiction) {}

  /**
   * An export class.
   *
   * @param name the same in all regions that share it
   * @param service number of its endpoint at each of their gateways, 1..2^31-1
   * @param regions with whom it is shared
   * @param jurisdictions if some are named, each of those regions must be in one of them
   */
  public record ClassConfig(
      String name, long service, List<String> regions, List<String> jurisdictions) {
    /** Keeps unmodifiable copies. */
    public ClassConfig {
      regions = List.copyOf(regions);
      jurisdictions = List.copyOf(jurisdictions);
    }
  }

  /**
   * A rule; it fits if all does that it names.
   *
   * @param things ids of things, {@code *} for anything; default all
   * @param paths paths of leaves, {@code *} within a part, {@code **} for anything; default all
   * @param policies values of {@code policyId}; default any
   * @param subjects who writes, as the API is told; default anybody
   * @param exportClass the class that such writes belong to
   */
  public record RuleConfig(
      String things,
      String paths,
      List<String> policies,
      List<String> subjects,
      String exportClass) {
    /** Keeps unmodifiable copies. */
    public RuleConfig {
      policies = List.copyOf(policies);
      subjects = List.copyOf(subjects);
    }
  }
}
