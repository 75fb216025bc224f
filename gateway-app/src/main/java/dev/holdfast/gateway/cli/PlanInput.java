package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one plan that a command looks at, and how it is read. */
final class PlanInput {
  @Parameters(paramLabel = "FILE", description = "The contact plan.")
  private Path file = Path.of("");

  @Mixin private PlanReads reads = new PlanReads();

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description =
          "Whose view a plan of µD3TN is, read or written. With show: only contacts from or to this"
              + " node.")
  private @Nullable String node;

  /** The file as the operator wrote it. */
  String name() {
    return file.toString();
  }

  /** The node that was named. */
  Optional<NodeNumber> node() {
    return Optional.ofNullable(node).map(text -> PlanReads.node("--node", text));
  }

  /** Contacts that overlap stay as they are, for questions about routes. */
  void keepOverlaps() {
    reads.keepOverlaps();
  }

  /** What became of reading the file. */
  PlanReading read() {
    return reads.read(file, node());
  }

  /**
   * The plan, with one line on standard error about its warnings; empty after one about refusal.
   */
  Optional<PlanReading.Parsed> plan(PrintWriter err) {
    return reads.plan(file, node(), err);
  }

  /** What relative times count from, in the plan and in the command's own arguments. */
  Epoch.At zero() {
    return reads.zero();
  }

  /** A time argument: an instant, or {@code +SECONDS} after the epoch. */
  DtnTime time(String option, String text) {
    return reads.time(option, text);
  }
}
