package dev.holdfast.gateway;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.SecureEntropy;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.TwinsConfig;
import dev.holdfast.gateway.node.NodeLoop;
import dev.holdfast.gateway.twin.ExportRules;
import dev.holdfast.gateway.twin.ExportRules.Glob;
import dev.holdfast.gateway.twin.KeyFile;
import dev.holdfast.gateway.twin.StoredTwins;
import dev.holdfast.gateway.twin.TwinFeed;
import dev.holdfast.gateway.twin.TwinIntake;
import dev.holdfast.gateway.twin.TwinLoop;
import dev.holdfast.gateway.twin.TwinSettings;
import dev.holdfast.gateway.twin.Twins;
import dev.holdfast.gateway.twin.WitnessFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes the twins that are configured. */
final class TwinWiring {
  private static final int FEED = 10_000;

  private TwinWiring() {}

  static TwinLoop of(
      GatewayConfig config,
      BundleStore store,
      NodeLoop loop,
      GatewayClock clock,
      Consumer<Throwable> fatal)
      throws IOException {
    TwinsConfig section = config.twins().orElseThrow();
    NodeId node = config.node();
    TwinSettings settings = settings(section, node);
    Path directory = config.store().directory();
    WitnessFile witness =
        new WitnessFile(
            section
                .witness()
                .orElseGet(() -> directory.resolveSibling(directory.getFileName() + ".witness")),
            clock.bootId());
    Entropy entropy = new SecureEntropy();
    Twins.Outside outside = new Twins.Outside(size -> bytes(entropy, size), witness.read());
    Twins twins;
    try {
      twins = new Twins(settings, new StoredTwins(store), outside);
    } catch (ClassSync.KeysException e) {
      throw new IOException("twins.keys: region " + section.region() + ": " + e.getMessage(), e);
    }
    long drift = settings.limits().sync().driftMillis();
    SortedMap<String, Eid> endpoints = new TreeMap<>();
    for (TwinSettings.ExportClass each : settings.classes()) {
      if (!each.regions().isEmpty()) {
        endpoints.put(each.name(), TwinSettings.endpoint(node, each.service()));
      }
    }
    TwinLoop.Ways ways =
        new TwinLoop.Ways(
            loop::ask, loop::isFull, new TwinIntake(store, drift), clock, witness::write);
    return new TwinLoop(twins, ways, new TwinFeed(FEED), endpoints, fatal);
  }

  private static Octets bytes(Entropy entropy, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i += Long.BYTES) {
      long random = entropy.nextLong();
      for (int j = i; j < Math.min(size, i + Long.BYTES); j++) {
        bytes[j] = (byte) random;
        random >>>= Byte.SIZE;
      }
    }
    return Octets.wrap(bytes);
  }

  private static TwinSettings settings(TwinsConfig config, NodeId node) throws IOException {
    List<TwinSettings.ExportClass> classes = new ArrayList<>();
    for (TwinsConfig.ClassConfig each : config.classes()) {
      classes.add(new TwinSettings.ExportClass(each.name(), each.service(), each.regions()));
    }
    classes.add(new TwinSettings.ExportClass(TwinSettings.LOCAL, 0, List.of()));
    return new TwinSettings(
        config.region(),
        node,
        keys(config.keys()),
        config.regions().stream()
            .map(each -> new TwinSettings.Region(each.name(), each.node(), each.key()))
            .toList(),
        classes,
        new ExportRules(
            config.export().stream().map(TwinWiring::rule).toList(), config.otherwise()),
        new TwinSettings.Terms(
            config.lifetime().toMillis(),
            config.digestLifetime().toMillis(),
            config.answerWithin().toMillis(),
            TwinSettings.Terms.DEFAULT.answerMarginMillis(),
            TwinSettings.Terms.DEFAULT.hopLimit()),
        TwinSettings.Limits.DEFAULT.with(
            new ClassSync.History(
                ClassSync.History.DEFAULT.margin(),
                config.history(),
                ClassSync.History.DEFAULT.blocks())));
  }

  /** The last one signs; of those before it that are gone the public key is enough. */
  private static TwinSettings.Keys keys(List<Path> files) throws IOException {
    Map<VerifyKey, Path> read = new LinkedHashMap<>();
    List<SigningKey> secrets = new ArrayList<>();
    for (Path file : files) {
      KeyFile.Kept kept = KeyFile.readKept(file);
      Path same = read.put(kept.open(), file);
      if (same != null) {
        throw new IOException(
            "twins.keys: " + same + " and " + file + " hold one key; leave one of them out");
      }
      kept.secret().ifPresent(secrets::add);
      if (kept.secret().isEmpty() && file.equals(files.getLast())) {
        throw new IOException(
            "twins.keys: "
                + file
                + " holds a public key, and the last of the list signs; put its private key there");
      }
    }
    return new TwinSettings.Keys(read.keySet().iterator().next(), secrets);
  }

  private static ExportRules.Rule rule(TwinsConfig.RuleConfig rule) {
    return new ExportRules.Rule(
        new Glob(rule.things()),
        new Glob(rule.paths()),
        rule.policies(),
        rule.subjects(),
        rule.exportClass());
  }
}
