package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast twin regions}: how far regions are in step. */
@Command(
    name = "regions",
    mixinStandardHelpOptions = true,
    header = "Show how far each region is known here, and what is known of it.")
final class TwinRegionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    ApiClient client = gateway.client();
    ApiClient.Reply reply = client.call(client.to(TwinPlaces.TWINS).GET());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(reply.text().strip());
    } else {
      for (JsonNode each : TwinValue.read(reply).path("classes")) {
        tell(each, out);
      }
    }
    out.flush();
    return 0;
  }

  private static void tell(JsonNode status, PrintWriter out) {
    String root = status.path("root").asString();
    out.printf(
        "class %s: %d entries, %d writes told to nobody yet, root %s%n",
        status.path("class").asString(),
        status.path("entries").asLong(),
        status.path("unsealed").asLong(),
        root.substring(0, Math.min(16, root.length())));
    Map<String, JsonNode> peers = new LinkedHashMap<>();
    status.path("peers").forEach(peer -> peers.put(peer.path("region").asString(), peer));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "  REGION",
            "WRITES",
            "NOT OLDER THAN",
            "IN STEP",
            "HEARD",
            "HAS OF OURS",
            "OPEN",
            "KEY"));
    Map<String, String> keys = new LinkedHashMap<>();
    status
        .path("keys")
        .forEach(key -> keys.put(key.path("region").asString(), key.path("index").asString()));
    for (JsonNode asOf : status.path("as_of")) {
      String region = asOf.path("region").asString();
      JsonNode peer = peers.remove(region);
      rows.add(row(region, asOf, peer == null ? asOf.path("none") : peer, keys));
    }
    peers.forEach((region, peer) -> rows.add(row(region, peer.path("none"), peer, keys)));
    out.print(PlanEditsCommand.aligned(rows));
  }

  private static List<String> row(
      String region, JsonNode asOf, JsonNode peer, Map<String, String> keys) {
    boolean known = peer.isObject();
    return List.of(
        "  " + region,
        asOf.isObject() ? Long.toString(asOf.path("last").asLong()) : "-",
        asOf.isObject() ? TwinText.age(asOf.path("age_seconds")) : "-",
        known ? yes(peer.path("in_step")) : "-",
        known ? TwinText.text(peer.path("heard")) : "-",
        known ? Long.toString(peer.path("knows_ours").asLong()) : "-",
        known ? yes(peer.path("open")) : "-",
        keys.getOrDefault(region, "-"));
  }

  private static String yes(JsonNode flag) {
    return flag.asBoolean() ? "yes" : "no";
  }
}
