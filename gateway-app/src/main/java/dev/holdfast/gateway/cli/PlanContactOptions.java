package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.TimeText;
import picocli.CommandLine.Option;

/** Which contact of a gateway's plan is meant. */
final class PlanContactOptions {
  @Option(names = "--from", required = true, paramLabel = "NODE", description = "Who sends.")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "NODE", description = "Who receives.")
  private String to = "";

  @Option(
      names = "--start",
      required = true,
      paramLabel = "T",
      description = "When it begins, such as 2026-12-01T00:00:00Z.")
  private String start = "";

  NodeNumber from() {
    return PlanReads.node("--from", from);
  }

  NodeNumber to() {
    return PlanReads.node("--to", to);
  }

  DtnTime start() {
    return instant("--start", start);
  }

  /** Where the contact is below {@code /api/v1}. */
  String path() {
    return "/plan/contacts/" + from() + "/" + to() + "/" + start();
  }

  static DtnTime instant(String option, String text) {
    return TimeText.parse(text, Epoch.NONE)
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "%s: '%s' is no instant; write 2026-12-01T00:00:00Z".formatted(option, text)));
  }
}
