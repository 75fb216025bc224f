package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast store}: the directory of a gateway that does not run. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Look into the store of a gateway that does not run: list, count, verify.",
    commandListHeading = "%nCommands:%n",
    description = {"", "Nothing in the directory is changed. While a gateway runs, ask its API."},
    subcommands = {StoreLsCommand.class, StoreStatsCommand.class, StoreVerifyCommand.class})
public final class StoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
