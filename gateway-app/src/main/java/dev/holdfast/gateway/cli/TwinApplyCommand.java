package dev.holdfast.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin apply}: takes a carried file. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    header = "Take deltas that were carried here.")
final class TwinApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file; - for standard input.")
  private String file = "";

  @Override
  public Integer call() {
    return TwinCarried.of(gateway.client(), "/take?answer=false", TwinValue.file(file))
        .tell(spec, Optional.empty(), json);
  }
}
