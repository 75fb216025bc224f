package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.YamlException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the {@code holdfast} command. */
@Command(
    name = "holdfast",
    mixinStandardHelpOptions = true,
    versionProvider = HoldfastCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Holdfast, a delay-tolerant gateway (Bundle Protocol version 7).",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 done; 1 the operation failed; 2 unusable arguments, configuration or input."
    })
public final class HoldfastCommand implements Callable<Integer> {
  /** Nothing to do with an environment, so that a run looks alike wherever it happens. */
  private static final int WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  private HoldfastCommand() {}

  /** Tells the version of the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"holdfast " + version(), "Java " + Runtime.version()};
    }
  }

  /** The version of this build. */
  public static String version() {
    String stated = HoldfastCommand.class.getPackage().getImplementationVersion();
    return stated == null ? "0.1.0" : stated;
  }

  /**
   * The command with its subcommands.
   *
   * @param subcommands objects with picocli's {@code Command} annotation, in the order of the help
   */
  public static CommandLine commandLine(List<Object> subcommands) {
    CommandLine line = new CommandLine(new HoldfastCommand());
    subcommands.forEach(line::addSubcommand);
    line.addSubcommand("help", new CommandLine.HelpCommand());
    line.getSubcommands().values().forEach(HoldfastCommand::withHelp);
    settings(line);
    return line;
  }

  private static void withHelp(CommandLine line) {
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    }
    line.getSubcommands().values().forEach(HoldfastCommand::withHelp);
  }

  /** Runs a command. */
  public static int run(List<Object> subcommands, String... arguments) {
    return commandLine(subcommands).execute(arguments);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  private static void settings(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler(HoldfastCommand::refused);
    line.setExecutionExceptionHandler(HoldfastCommand::failed);
  }

  private static int refused(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    say(line, name + ": " + complaint(e) + "; see " + name + " --help");
    return 2;
  }

  private static String complaint(ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      List<String> near = unmatched.getSuggestions();
      return "'"
          + argument
          + "' is not understood here"
          + (near.isEmpty() ? "" : "; did you mean '" + near.getFirst() + "'?");
    }
    return firstLine(e);
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    return switch (e) {
      case CommandException told -> {
        say(line, name(line) + ": " + firstLine(told));
        yield told.exitCode();
      }
      case YamlException told -> {
        say(line, firstLine(told));
        yield 2;
      }
      case Exception fault -> {
        say(line, name(line) + ": a fault in holdfast itself, please report it: " + fault);
        fault.printStackTrace(line.getErr());
        yield 1;
      }
    };
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static String firstLine(Exception e) {
    String text = e.getMessage();
    return text == null ? e.toString() : text.lines().findFirst().orElse(text);
  }

  private static void say(CommandLine line, String text) {
    PrintWriter err = line.getErr();
    err.println(text);
    err.flush();
  }
}
