package dev.holdfast.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast twin ls}: lists things. */
@Command(name = "ls", mixinStandardHelpOptions = true, header = "List the things that are there.")
final class TwinLsCommand implements Callable<Integer> {
  private static final int PAGE = 200;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--namespace", paramLabel = "NS,…", description = "Only of these namespaces.")
  private Optional<String> namespaces = Optional.empty();

  @Option(names = "--after", paramLabel = "THING", description = "Begin after this one.")
  private Optional<String> after = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "A JSON line for each.")
  private boolean json;

  @Override
  public Integer call() {
    ApiClient client = gateway.client();
    Screen screen = new Screen(spec);
    Optional<String> from = after;
    long left = limit;
    do {
      String query =
          new ApiClient.Query()
              .with("fields", "thingId")
              .with("limit", PAGE)
              .with("after", from)
              .with("namespaces", namespaces)
              .text();
      JsonNode page = TwinValue.read(client.call(client.to(TwinPlaces.THINGS + query).GET()));
      for (JsonNode item : page.path("items")) {
        if (left > 0) {
          left--;
          screen.line(json ? TwinValue.line(item) : item.path("thingId").asString());
        }
      }
      from = page.path("next").asStringOpt();
    } while (from.isPresent() && left > 0);
    return 0;
  }
}
