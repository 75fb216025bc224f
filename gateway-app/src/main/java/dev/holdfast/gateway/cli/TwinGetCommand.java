package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast twin get}: shows a thing or a part of it. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    header = "Show a thing or a part of it, with its conflicts and its age if asked for.")
final class TwinGetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--conflicts", description = "Also what was written concurrently, and by whom.")
  private boolean conflicts;

  @Option(names = "--as-of", description = "Also how far each region is known.")
  private boolean asOf;

  @Option(names = "--typed", description = "Kinds as they are declared, such as {\"$counter\": 5}.")
  private boolean typed;

  @Option(
      names = "--fields",
      paramLabel = "PATH,…",
      description = "Only these members, such as thingId,attributes/model.")
  private Optional<String> fields = Optional.empty();

  @Option(
      names = "--json",
      description =
          "One JSON document: the value, or all that is known of it if more is asked for.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "THING")
  private String thing = "";

  @Parameters(index = "1", paramLabel = "PATH", arity = "0..1")
  private String path = "";

  @Override
  public Integer call() {
    boolean full = conflicts || asOf;
    String query =
        new ApiClient.Query()
            .with("form", typed ? Optional.of("typed") : Optional.empty())
            .with("fields", fields)
            .with("view", full ? Optional.of("full") : Optional.empty())
            .text();
    ApiClient client = gateway.client();
    ApiClient.Reply reply = client.call(client.to(TwinPlaces.of(thing, path) + query).GET());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(reply.text().strip());
    } else if (full) {
      tell(TwinValue.read(reply), out);
    } else {
      out.println(TwinValue.read(reply).toPrettyString());
    }
    out.flush();
    return 0;
  }

  private void tell(JsonNode view, PrintWriter out) {
    out.println(view.path("value").toPrettyString());
    if (conflicts) {
      out.println();
      out.print(TwinText.conflicts(view.path("conflicts")));
    }
    if (asOf) {
      out.println();
      out.print(TwinText.asOf(view.path("as_of")));
    }
  }
}
