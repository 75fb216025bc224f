package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.TimeStyle;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.twin.KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The files of one gateway: configuration, its own copy of the plan, store and log.
 *
 * @param directory a directory of its own
 */
record SiteFiles(Path directory) {
  /** The export class of all twins. */
  static final String TWIN_CLASS = "open";

  private static final String PLAN = "plan.ionrc";
  private static final String KEY = "region.pem";
  private static final int TWIN_SERVICE = 64;

  /**
   * Writes the configuration.
   *
   * @param site which gateway
   * @param apiPort where its API listens
   * @param relayPort where the relay listens for its neighbours
   * @param dial where the other gateways dial to reach the relay: the emulated link
   * @param otherKey public key of the other region, if the site keeps twins
   */
  void writeConfiguration(
      Site site, int apiPort, int relayPort, int dial, Optional<VerifyKey> otherKey)
      throws IOException {
    Files.createDirectories(directory);
    StringBuilder yaml = new StringBuilder();
    yaml.append("node: ").append(site.nodeId()).append('\n');
    yaml.append("store: {directory: store}\n");
    yaml.append("clock: {assumedError: 2ms}\n");
    yaml.append("plan: {file: ").append(PLAN).append("}\n");
    yaml.append("api: {address: 127.0.0.1:").append(apiPort).append(", journal: 100000}\n");
    yaml.append("log: {level: info, format: text}\n");
    yaml.append("endpoints: {register: [").append(site.endpoint()).append("]}\n");
    if (site == Site.RELAY) {
      yaml.append("listen:\n  tcpcl: {address: 127.0.0.1:").append(relayPort).append("}\n");
    }
    yaml.append("links:\n");
    for (Site neighbour : site.neighbours()) {
      yaml.append("  - name: ").append(neighbour.label()).append('\n');
      yaml.append("    type: tcpcl\n");
      yaml.append("    peer: ").append(neighbour.nodeId()).append('\n');
      if (neighbour == Site.RELAY) {
        yaml.append("    dial: 127.0.0.1:").append(dial).append('\n');
        yaml.append("    backOff: {first: 50ms, max: 400ms}\n");
      }
    }
    otherKey.ifPresent(key -> yaml.append(twins(site, key)));
    Files.writeString(configuration(), yaml);
  }

  private static String twins(Site site, VerifyKey otherKey) {
    Site other = site == Site.EARTH ? Site.MARS : Site.EARTH;
    return """
        twins:
          region: %s
          keys: [%s]
          regions: [{name: %s, node: %s, key: %s}]
          classes: [{name: %s, service: %d, regions: [%s]}]
          otherwise: %s
        """
        .formatted(
            site.label(),
            KEY,
            other.label(),
            other.nodeId(),
            otherKey.octets().hex(),
            TWIN_CLASS,
            TWIN_SERVICE,
            other.label(),
            TWIN_CLASS);
  }

  /** Makes the key of a region, and tells the public one. */
  VerifyKey writeKey(Entropy entropy) throws IOException {
    Files.createDirectories(directory);
    ByteBuffer secret = ByteBuffer.allocate(SigningKey.SIZE);
    while (secret.hasRemaining()) {
      secret.putLong(entropy.nextLong());
    }
    Octets octets = Octets.wrap(secret.array());
    KeyFile.write(directory.resolve(KEY), octets, false);
    return new SigningKey(octets).verifyKey();
  }

  /** Writes the plan in place of the one that is there, at once. */
  void writePlan(ContactPlan plan) throws IOException {
    String text = PlanWriter.print(plan, PlanFormat.ION, TimeStyle.ABSOLUTE).text();
    Path fresh = Files.writeString(directory.resolve(PLAN + ".new"), text);
    Files.move(fresh, directory.resolve(PLAN), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The configuration file. */
  Path configuration() {
    return directory.resolve("gateway.yaml");
  }

  /** Where the gateway's output goes. */
  Path log() {
    return directory.resolve("log");
  }
}
