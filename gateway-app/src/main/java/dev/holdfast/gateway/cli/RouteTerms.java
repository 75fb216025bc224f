package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.route.ContactEnd;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.contacts.yaml.Units;
import picocli.CommandLine.Option;

/** Where CCSDS 734.3-B-1 leaves room: what is added to light times, and how contacts end. */
final class RouteTerms {
  @Option(
      names = "--owlt-margin",
      paramLabel = "D",
      defaultValue = "0s",
      description =
          "Added to each light time, up to 1d (default: 0s). A gateway has it as"
              + " contacts.owltMargin.")
  private String owltMargin = "0s";

  @Option(
      names = "--owlt-margin-ppm",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Millionths of each light time that are added to it, up to 1000000 (default: 0). ION adds"
              + " 671. A gateway has it as contacts.owltMarginPpm.")
  private long owltMarginPpm;

  @Option(
      names = "--closed-end",
      description =
          "A bundle without size may leave at the very instant at which a contact ends, as"
              + " CCSDS 734.3-B-1 §3.2.4.1.1 has it by the letter. For one with a size nothing"
              + " changes: its last byte is out by the end.")
  private boolean closedEnd;

  ContactEnd contactEnd() {
    return closedEnd ? ContactEnd.CLOSED : ContactEnd.STRICT;
  }

  OwltMargin margin() {
    try {
      return new OwltMargin(Units.duration(owltMargin).toMillis(), owltMarginPpm);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--owlt-margin: " + e.getMessage());
    }
  }
}
