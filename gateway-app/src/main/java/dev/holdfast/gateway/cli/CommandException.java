package dev.holdfast.gateway.cli;

/** Ends a command with one line on standard error and an exit code. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
  }

  /** The operation failed: exit code 1. */
  public static CommandException failed(String line) {
    return new CommandException(1, line);
  }

  /** Arguments, configuration or input cannot be used: exit code 2. */
  public static CommandException unusable(String line) {
    return new CommandException(2, line);
  }

  /** 1 or 2. */
  public int exitCode() {
    return exitCode;
  }
}
