package dev.holdfast.gateway.cli;

import dev.holdfast.custody.StoreStats;
import dev.holdfast.custody.rocks.StoreInspection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast store stats}: what is held, by queue and class. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    header = "Tell how much is held, by queue and class, and how much space it takes.",
    footer = {"", "The numbers are the store's counters; verify counts again."})
final class StoreStatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreInput input = new StoreInput();

  @Override
  public Integer call() {
    return input.look(this::tell);
  }

  private int tell(StoreInspection inspection) {
    PrintWriter out = spec.commandLine().getOut();
    StoreStats stats = inspection.stats();
    if (input.json()) {
      out.println(StoreTable.json(input.directory(), stats));
    } else {
      StoreTable.lines(input.directory(), stats).forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
