package dev.holdfast.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin delta}: takes a carried file and writes what its sender lacks. */
@Command(
    name = "delta",
    mixinStandardHelpOptions = true,
    header = "Take a digest, or deltas, that were carried here; write what their sender lacks.")
final class TwinDeltaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where to; - for standard output.")
  private String output = "";

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "DIGEST", description = "The file; - for standard input.")
  private String file = "";

  @Override
  public Integer call() {
    return TwinCarried.of(gateway.client(), "/take?answer=true", TwinValue.file(file))
        .tell(spec, Optional.of(output), json);
  }
}
