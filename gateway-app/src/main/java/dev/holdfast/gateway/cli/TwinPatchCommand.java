package dev.holdfast.gateway.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast twin patch}: applies a merge patch. */
@Command(
    name = "patch",
    mixinStandardHelpOptions = true,
    customSynopsis = "holdfast twin patch [OPTIONS] THING [PATH] VALUE",
    header = "Apply a merge patch (RFC 7396): null takes a member away.")
final class TwinPatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TwinChangeOptions change = new TwinChangeOptions();

  @Parameters(arity = "2..3", paramLabel = "THING [PATH] VALUE")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    TwinChangeOptions.Words it = TwinChangeOptions.Words.of(words);
    return change.make(
        spec,
        new TwinChangeOptions.Change(
            "PATCH",
            TwinPlaces.of(it.thing(), it.path()),
            Optional.of(TwinValue.of(it.value())),
            List.of("Content-Type", "application/merge-patch+json")));
  }
}
