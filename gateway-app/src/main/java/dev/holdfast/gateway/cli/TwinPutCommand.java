package dev.holdfast.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin put}: makes a thing, or a path of it, hold a value. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    customSynopsis = "holdfast twin put [OPTIONS] THING [PATH] VALUE",
    header = "Make a thing, or a path of it, hold a value and nothing else.")
final class TwinPutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TwinChangeOptions change = new TwinChangeOptions();

  @Option(names = "--create", description = "Only if the thing is not there.")
  private boolean create;

  @Parameters(arity = "2..3", paramLabel = "THING [PATH] VALUE")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    TwinChangeOptions.Words it = TwinChangeOptions.Words.of(words);
    return change.make(
        spec,
        new TwinChangeOptions.Change(
            "PUT",
            TwinPlaces.of(it.thing(), it.path()),
            Optional.of(TwinValue.of(it.value())),
            create ? List.of("If-None-Match", "*") : List.of()));
  }
}
