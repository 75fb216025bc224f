package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast twin}: twins of a running gateway. */
@Command(
    name = "twin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Read and change twins, watch them converge, carry their changes by hand.",
    commandListHeading = "%nCommands:%n",
    description = {
      "",
      "A THING is namespace:name, such as org.acme:pump-1. A PATH leads into it: attributes/model,"
          + " features/lamp/properties/on; within a name a slash is ~1 and a tilde ~0.",
      "",
      "A VALUE is JSON; @FILE reads it from a file, - from standard input. {\"$counter\": 5},"
          + " {\"$set\": [..]}, {\"$list\": [..]}, {\"$stock\": 9} and {\"$blob\": \"Base64\"}"
          + " declare kinds whose changes add up where regions make them at the same time.",
      "",
      "Where no link is: digest at one side, delta with it at the other, apply the answer at the"
          + " first; the files are carried by hand."
    },
    subcommands = {
      TwinGetCommand.class,
      TwinPutCommand.class,
      TwinPatchCommand.class,
      TwinDeleteCommand.class,
      TwinStepCommand.class,
      TwinWatchCommand.class,
      TwinDiffCommand.class,
      TwinLsCommand.class,
      TwinRegionsCommand.class,
      TwinExportCommand.class,
      TwinImportCommand.class,
      TwinDigestCommand.class,
      TwinDeltaCommand.class,
      TwinApplyCommand.class
    })
public final class TwinCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Made by the command line. */
  public TwinCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
