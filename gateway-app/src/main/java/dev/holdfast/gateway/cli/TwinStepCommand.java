package dev.holdfast.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin step}: changes a set, counter, stock or list by one step. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    header = "Change a set, counter, stock or list by one step.",
    description = {
      "",
      "Steps: {\"$add\": VALUE} and {\"$remove\": VALUE} of a set; {\"$count\": N} of a counter;"
          + " {\"$make\": N}, {\"$take\": N} and {\"$give\": {\"to\": STREAM, \"amount\": N}} of a"
          + " stock; {\"$insert\": {\"index\": N, \"value\": VALUE}} and {\"$delete\": N} of a list.",
      ""
    })
final class TwinStepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TwinChangeOptions change = new TwinChangeOptions();

  @Parameters(index = "0", paramLabel = "THING")
  private String thing = "";

  @Parameters(index = "1", paramLabel = "PATH")
  private String path = "";

  @Parameters(index = "2", paramLabel = "STEP", description = "JSON, @FILE or -.")
  private String step = "";

  @Override
  public Integer call() {
    return change.make(
        spec,
        new TwinChangeOptions.Change(
            "POST",
            TwinPlaces.of(thing, path),
            Optional.of(TwinValue.of(step)),
            List.of("Content-Type", "application/json")));
  }
}
