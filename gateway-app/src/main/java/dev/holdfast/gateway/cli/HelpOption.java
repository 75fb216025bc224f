package dev.holdfast.gateway.cli;

import picocli.CommandLine.Option;

/** The option that shows a command's help, given to every subcommand that has none. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** Whether help was asked for. */
  boolean isAsked() {
    return help;
  }
}
