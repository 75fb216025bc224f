package dev.holdfast.gateway.demo;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.TimeStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of one gateway: configuration, its own copy of the plan, store and log.
 *
 * @param directory a directory of its own
 */
record SiteFiles(Path directory) {
  private static final String PLAN = "plan.ionrc";

  /**
   * Writes the configuration.
   *
   * @param site which gateway
   * @param apiPort where its API listens
   * @param relayPort where the relay listens for its neighbours
   * @param dial where the other gateways dial to reach the relay: the emulated link
   */
  void writeConfiguration(Site site, int apiPort, int relayPort, int dial) throws IOException {
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
    Files.writeString(configuration(), yaml);
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
