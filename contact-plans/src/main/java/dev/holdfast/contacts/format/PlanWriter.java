package dev.holdfast.contacts.format;

import dev.holdfast.contacts.ContactPlan;

/** Prints a plan in whichever format is asked for. */
public final class PlanWriter {
  private PlanWriter() {}

  /** The plan as a file. */
  public static Printed print(ContactPlan plan, PlanFormat format, TimeStyle style) {
    return switch (format) {
      case ION -> IonText.print(plan, style);
      case HDTN -> HdtnJson.print(plan, style);
      case TVGUTIL -> TvgutilJson.print(plan, style);
      case CSV -> CsvText.print(plan, style);
    };
  }
}
