package dev.holdfast.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast bundle}: single bundles as files or hexadecimal digits. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Look at bundles and make them: decode, encode, verify, diff.",
    commandListHeading = "%nCommands:%n",
    description = {
      "",
      "A bundle is given as a file (binary, or hexadecimal text), as hexadecimal digits, or as - for"
          + " standard input. A bundle that breaks a rule is told in one line, with the offset and"
          + " the section of the RFC, and exit code 2."
    },
    subcommands = {
      BundleDecodeCommand.class,
      BundleEncodeCommand.class,
      BundleVerifyCommand.class,
      BundleDiffCommand.class
    })
public final class BundleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }
}
