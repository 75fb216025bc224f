package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processing control flags by name (RFC 9171 §4.2.3, §4.2.4). */
final class FlagNames {
  /** Those of bundles. */
  static final FlagNames BUNDLE =
      new FlagNames(
          List.of(
              new Name("fragment", BundleFlags.IS_FRAGMENT),
              new Name("administrative-record", BundleFlags.ADMIN_RECORD),
              new Name("must-not-fragment", BundleFlags.MUST_NOT_FRAGMENT),
              new Name("acknowledgement-requested", BundleFlags.ACK_REQUESTED),
              new Name("status-time", BundleFlags.STATUS_TIME),
              new Name("report-reception", BundleFlags.REPORT_RECEPTION),
              new Name("report-forwarding", BundleFlags.REPORT_FORWARDING),
              new Name("report-delivery", BundleFlags.REPORT_DELIVERY),
              new Name("report-deletion", BundleFlags.REPORT_DELETION)));

  /** Those of blocks. */
  static final FlagNames BLOCK =
      new FlagNames(
          List.of(
              new Name("replicate", BlockFlags.REPLICATE),
              new Name("report-unprocessed", BlockFlags.REPORT_UNPROCESSED),
              new Name("delete-bundle", BlockFlags.DELETE_BUNDLE),
              new Name("discard-block", BlockFlags.DISCARD_BLOCK)));

  /** A flag and what it is called. */
  record Name(String text, long bit) {}

  private final List<Name> names;

  private FlagNames(List<Name> names) {
    this.names = names;
  }

  /** The names of the flags that are set; what has none as a number in hex. */
  List<String> of(long bits) {
    List<String> set = new ArrayList<>();
    long left = bits;
    for (Name name : names) {
      if ((bits & name.bit()) != 0) {
        set.add(name.text());
        left &= ~name.bit();
      }
    }
    if (left != 0) {
      set.add("0x" + Long.toHexString(left));
    }
    return set;
  }

  /** The bits that a comma-separated list of names and numbers such as {@code 0x40} sets. */
  long parse(String option, String list) {
    long bits = 0;
    for (String each : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      bits |= bits(each).orElseThrow(() -> unknown(option, each));
    }
    return bits;
  }

  private Optional<Long> bits(String text) {
    for (Name name : names) {
      if (name.text().equals(text)) {
        return Optional.of(name.bit());
      }
    }
    try {
      return Optional.of(
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text, 2, text.length(), 16)
              : Long.parseUnsignedLong(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private CommandException unknown(String option, String text) {
    String known = String.join(", ", names.stream().map(Name::text).toList());
    return CommandException.unusable(
        option + " '" + text + "' is no flag: " + known + ", or a number such as 0x40");
  }
}
