package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.ReadOptions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The rules of RFC 9171 that are waived by name. */
final class LenientOption {
  @Option(
      names = "--lenient",
      split = ",",
      paramLabel = "RULE",
      description =
          "Waive rules: primary-integrity, integer-width, definite-array, flag-rules, bundle-age,"
              + " dtn-slash, or all.")
  private List<String> names = List.of();

  /** How bundles are read by what was asked for. */
  ReadOptions options() {
    Set<Leniency> waived = EnumSet.noneOf(Leniency.class);
    for (String name : names) {
      if (name.equals("all")) {
        waived.addAll(EnumSet.allOf(Leniency.class));
        continue;
      }
      waived.add(Leniency.named(name).orElseThrow(() -> unknown(name)));
    }
    return ReadOptions.lenient(waived);
  }

  private static CommandException unknown(String name) {
    String known =
        Arrays.stream(Leniency.values()).map(Leniency::label).collect(Collectors.joining(", "));
    return CommandException.unusable(
        "--lenient " + name + " is no rule that can be waived: " + known);
  }
}
