package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast twin digest}: says how far a gateway is, as a file to be carried. */
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    header = "Write how far a gateway is, to be carried to another region.")
final class TwinDigestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "The region it is carried to (default: any).")
  private Optional<String> region = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where to; - for standard output.")
  private String output = "";

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    String query = new ApiClient.Query().with("region", region).text();
    return TwinCarried.of(gateway.client(), "/digest" + query, Octets.EMPTY)
        .tell(spec, Optional.of(output), json);
  }
}
