package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast twin diff}: where two gateways see a thing differently. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    header = "Show where two gateways see a thing differently.",
    description = {"", "Exit code 0 if they see the same, 1 if not.", ""})
final class TwinDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--with",
      required = true,
      paramLabel = "URL2",
      description = "The other gateway's HTTP interface.")
  private String with = "";

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "THING")
  private String thing = "";

  @Override
  public Integer call() {
    Optional<JsonNode> here = read(gateway.client());
    Optional<JsonNode> there = read(new ApiClient(with));
    if (here.isEmpty() && there.isEmpty()) {
      throw CommandException.failed(thing + " is at neither of them");
    }
    List<TwinDifference> all = TwinDifference.between(here, there);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(document(all));
    } else {
      all.forEach(difference -> tell(difference, out));
    }
    out.flush();
    return all.isEmpty() ? 0 : 1;
  }

  private Optional<JsonNode> read(ApiClient client) {
    ApiClient.Reply _ = client.call(client.to(TwinPlaces.TWINS).GET()); // whether it has any
    return client
        .find(client.to(TwinPlaces.of(thing, "") + "?form=typed").GET())
        .map(TwinValue::read);
  }

  private static void tell(TwinDifference difference, PrintWriter out) {
    out.println(difference.path().isEmpty() ? "the thing" : difference.path());
    out.println("  here:  " + text(difference.here()));
    out.println("  there: " + text(difference.there()));
  }

  private static String text(Optional<JsonNode> value) {
    return value.map(TwinValue::line).orElse("nothing");
  }

  private static String document(List<TwinDifference> all) {
    return JsonText.line(
        out -> {
          out.writeBooleanProperty("same", all.isEmpty());
          out.writeArrayPropertyStart("differences");
          for (TwinDifference each : all) {
            out.writeStartObject();
            out.writeStringProperty("path", each.path());
            // What is missing is nowhere; null is a value.
            each.here()
                .ifPresent(
                    value -> {
                      out.writeName("here");
                      out.writeRawValue(TwinValue.line(value));
                    });
            each.there()
                .ifPresent(
                    value -> {
                      out.writeName("there");
                      out.writeRawValue(TwinValue.line(value));
                    });
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
