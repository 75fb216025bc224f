package dev.holdfast.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin delete}: deletes a thing or a part of it. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    header = "Delete a thing or a part of it.")
final class TwinDeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TwinChangeOptions change = new TwinChangeOptions();

  @Parameters(index = "0", paramLabel = "THING")
  private String thing = "";

  @Parameters(index = "1", paramLabel = "PATH", arity = "0..1")
  private String path = "";

  @Override
  public Integer call() {
    return change.make(
        spec,
        new TwinChangeOptions.Change(
            "DELETE", TwinPlaces.of(thing, path), Optional.empty(), List.of()));
  }
}
