package dev.holdfast.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin watch}: tells of things as they change. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    header = "Tell of things as they are, and again each time they have changed.")
final class TwinWatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      split = ",",
      description = "Only things of these namespaces.")
  private List<String> namespaces = List.of();

  @Option(names = "--fields", paramLabel = "PATH,…", description = "Only these members.")
  private Optional<String> fields = Optional.empty();

  @Option(names = "--typed", description = "Kinds as they are declared.")
  private boolean typed;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many; 0 for never (default: 0).")
  private long count;

  @Option(
      names = "--json",
      description = "A JSON line for each: {\"event\":\"thing\"|\"gone\"|\"missed\",\"data\":…}.")
  private boolean json;

  @Parameters(
      paramLabel = "THING",
      arity = "0..*",
      description = "Which; without any, all that change from now on.")
  private List<String> things = List.of();

  @Override
  public Integer call() {
    ApiClient client = gateway.client();
    String query =
        new ApiClient.Query()
            .with("ids", some(things))
            .with("namespaces", some(namespaces))
            .with("fields", fields)
            .with("form", typed ? Optional.of("typed") : Optional.empty())
            .text();
    Screen screen = new Screen(spec);
    long told = 0;
    try (SseReader events =
        new SseReader(
            client.open(
                client
                    .to(TwinPlaces.THINGS + query)
                    .header("Accept", "text/event-stream")
                    .GET()))) {
      while (count == 0 || told < count) {
        Optional<SseReader.Event> event = events.next();
        if (event.isEmpty()) {
          throw CommandException.failed("the gateway has ended the stream");
        }
        screen.line(line(event.get()));
        told++;
      }
      return 0;
    } catch (IOException e) {
      throw client.broken(e);
    }
  }

  private static Optional<String> some(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(",", words));
  }

  private String line(SseReader.Event event) {
    String name = event.name().equals("message") ? "thing" : event.name();
    if (json) {
      return JsonText.line(
          out -> {
            out.writeStringProperty("event", name);
            out.writeName("data");
            out.writeRawValue(event.data());
          });
    }
    return name.equals("thing") ? event.data() : name + " " + event.data();
  }
}
