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

/** {@code holdfast twin export}: writes a thing as the canonical object. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Write a thing as the canonical object, signed by the gateway's region.")
final class TwinExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private Optional<String> output = Optional.empty();

  @Option(names = "--json", description = "On one line (the document is JSON either way).")
  private boolean json;

  @Parameters(index = "0", paramLabel = "THING")
  private String thing = "";

  @Override
  public Integer call() {
    ApiClient client = gateway.client();
    ApiClient.Reply reply = client.call(client.to(TwinPlaces.canonical(thing)).GET());
    if (output.isPresent()) {
      TwinFile.write(spec, output.get(), reply.body());
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? reply.text().strip() : TwinValue.read(reply).toPrettyString());
    out.flush();
    return 0;
  }
}
