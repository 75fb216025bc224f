package dev.holdfast.gateway.demo;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start another Java machine like this one. */
final class JavaCommand {
  private static final String MAIN = "dev.holdfast.gateway.Main";

  private JavaCommand() {}

  /** The command that runs {@code holdfast run} with the same Java, options and class path. */
  static List<String> run(Path configuration) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!isOfThisMachineOnly(option)) {
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of("run", "--config", configuration.toString()));
    return command;
  }

  /** Agents write to one file or wait at one port; the terminal is the demo's own. */
  private static boolean isOfThisMachineOnly(String option) {
    return option.startsWith("-javaagent:")
        || option.startsWith("-agentlib:")
        || option.startsWith("-agentpath:")
        || option.startsWith("-Dholdfast.terminal");
  }
}
