package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a held bundle is named in a path: by its number in the store, or by its identity. */
sealed interface BundleName {
  /** By its number here. */
  record ByKey(HeldKey key) implements BundleName {}

  /** By its identity. */
  record ById(BundleId id) implements BundleName {}

  /** What {@code text} names; the identity is written as the API writes it. */
  static BundleName parse(String text) {
    if (Forms.KEY.matcher(text).matches()) {
      return new ByKey(new HeldKey(Long.parseLong(text)));
    }
    Matcher id = Forms.ID.matcher(text);
    if (!id.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' names no bundle; give its key, or its id such as ipn:1.42/823456789012-0");
    }
    try {
      Eid source = Parameters.eid(id.group(1));
      CreationTimestamp created =
          new CreationTimestamp(
              new DtnTime(Long.parseUnsignedLong(id.group(2))),
              Long.parseUnsignedLong(id.group(3)));
      Optional<BundleId.Extent> extent =
          Optional.ofNullable(id.group(4))
              .map(
                  offset ->
                      new BundleId.Extent(
                          Long.parseUnsignedLong(offset), Long.parseUnsignedLong(id.group(5))));
      return new ById(new BundleId(source, created, extent));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' has a number of more than 64 bits", e);
    }
  }

  /** The two ways to write one. */
  final class Forms {
    private static final Pattern KEY = Pattern.compile("\\d{1,18}");
    private static final Pattern ID =
        Pattern.compile("(.+)/(\\d{1,20})-(\\d{1,20})(?:/\\+(\\d{1,20}):(\\d{1,20}))?");

    private Forms() {}
  }
}
