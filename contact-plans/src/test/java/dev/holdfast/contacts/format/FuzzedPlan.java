package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import java.nio.charset.StandardCharsets;

/** What must hold for any bytes that claim to be a plan. */
final class FuzzedPlan {
  private static final PlanLimits SMALL = new PlanLimits(1 << 20, 1_000, 1_000, 20);

  private FuzzedPlan() {}

  static void readAndPrint(byte[] bytes, PlanFormat format) {
    PlanSource source = new PlanSource("fuzz", new String(bytes, StandardCharsets.UTF_8));
    for (Tolerance tolerance : Tolerance.values()) {
      ReadOptions options =
          new ReadOptions(Epoch.FLOATING, tolerance, MissingRange.ZERO, SMALL)
              .withSender(NodeNumber.of(1));
      switch (PlanReader.read(source, options, format)) {
        case PlanReading.Refused refused -> refused.problems().forEach(FuzzedPlan::checkPosition);
        case PlanReading.Parsed parsed -> {
          parsed.warnings().forEach(FuzzedPlan::checkPosition);
          if (!tolerance.keepsOverlaps()) { // Nothing prints such a plan.
            printAndReadAgain(parsed, format);
          }
        }
      }
    }
    PlanReader.read(source, options(Epoch.NONE));
    PlanReader.read(source, options(Epoch.UNIX));
  }

  private static ReadOptions options(Epoch epoch) {
    return new ReadOptions(epoch, Tolerance.REPAIR, MissingRange.UNUSABLE, SMALL);
  }

  private static void printAndReadAgain(PlanReading.Parsed parsed, PlanFormat format) {
    Printed printed =
        PlanWriter.print(
            parsed.plan(),
            format,
            parsed.floating() ? TimeStyle.FLOATING : TimeStyle.ABSOLUTE,
            NodeNumber.of(1));
    boolean whole = printed.losses().isEmpty() || format == PlanFormat.ION;
    PlanReading again =
        PlanReader.read(
            new PlanSource("printed", printed.text()),
            ReadOptions.STRICT
                .withEpoch(parsed.floating() ? Epoch.FLOATING : Epoch.UNIX)
                .withSender(NodeNumber.of(1)),
            format);
    if (!(again instanceof PlanReading.Parsed same)) {
      throw new IllegalStateException("what was printed is refused: " + again);
    }
    if (whole && !same.plan().hasSameContacts(parsed.plan())) {
      throw new IllegalStateException("what was printed reads otherwise");
    }
    PlanTable.of(parsed.plan(), parsed.floating());
  }

  private static void checkPosition(PlanProblem problem) {
    if (problem.line() < 1 || problem.column() < 1 || problem.toString().indexOf('\n') >= 0) {
      throw new IllegalStateException("no place in a file: " + problem);
    }
  }
}
