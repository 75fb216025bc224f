package dev.holdfast.contacts.format;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;

/** Prints a plan in whichever format is asked for. */
public final class PlanWriter {
  private PlanWriter() {}

  /** The plan as a file; where one node's view is printed, that of the first one that sends. */
  public static Printed print(ContactPlan plan, PlanFormat format, TimeStyle style) {
    NodeNumber first =
        plan.contacts().isEmpty() ? NodeNumber.of(0) : plan.contacts().getFirst().from();
    return print(plan, format, style, first);
  }

  /**
   * The plan as a file.
   *
   * @param sender whose view is printed where the format is one of a single node
   */
  public static Printed print(
      ContactPlan plan, PlanFormat format, TimeStyle style, NodeNumber sender) {
    return switch (format) {
      case ION -> IonText.print(plan, style);
      case HDTN -> HdtnJson.print(plan, style);
      case TVGUTIL -> TvgutilJson.print(plan, style);
      case CSV -> CsvText.print(plan, style);
      case ASABR -> AsabrText.print(plan, style);
      case CCM -> CcmText.print(plan, style);
      case UD3TN -> Ud3tnText.print(plan, style, sender);
      case YAML -> YamlText.print(plan, style);
    };
  }
}
