package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.link.LinkId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Single values of the file that have a form of their own. Each throws {@link
 * IllegalArgumentException} with what is wrong and how to write it.
 */
public final class Values {
  private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHORT_IPN = Pattern.compile("ipn:\\d+");
  private static final Pattern SHORT_DTN = Pattern.compile("dtn://[^/]+");

  private Values() {}

  /** An endpoint; the null endpoint is none. */
  public static Eid endpoint(String text) {
    Eid eid =
        switch (Eids.parse(text)) {
          case Parsed.Good<Eid>(Eid good) -> good;
          case Parsed.Bad<Eid> bad ->
              throw new IllegalArgumentException(
                  "'"
                      + text
                      + "' is no endpoint, "
                      + bad.reason()
                      + "; write ipn:1.42 or dtn://earth/in");
        };
    if (eid.isNull()) {
      throw new IllegalArgumentException("'" + text + "' names no endpoint");
    }
    return eid;
  }

  /** A node: {@code ipn:1}, {@code ipn:1.0} or {@code dtn://earth/}. */
  public static NodeId node(String text) {
    String full = text;
    if (SHORT_IPN.matcher(text).matches()) {
      full = text + ".0";
    } else if (SHORT_DTN.matcher(text).matches()) {
      full = text + "/";
    }
    return switch (Eids.parse(full)) {
      case Parsed.Good<Eid>(Eid eid)
          when !eid.isNull() && eid.nodeId().filter(node -> node.eid().equals(eid)).isPresent() ->
          new NodeId(eid);
      case Parsed.Good<Eid> _, Parsed.Bad<Eid> _ ->
          throw new IllegalArgumentException(
              "'" + text + "' is no node; write ipn:1 or dtn://earth/");
    };
  }

  /** A number from 0 to 1. */
  static double fraction(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("'" + text + "' is no number from 0 to 1; write 0.5");
  }

  /** A pattern of endpoints. */
  public static EidPattern pattern(String text) {
    return switch (EidPattern.parse(text)) {
      case Parsed.Good<EidPattern>(EidPattern pattern) -> pattern;
      case Parsed.Bad<EidPattern> bad ->
          throw new IllegalArgumentException(
              "'" + text + "' is no pattern, " + bad.reason() + "; write ipn:3.* or dtn://mars/**");
    };
  }

  /** The name of a link. */
  static LinkId linkName(String text) {
    if (!LINK_NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name; letters, digits, dots, hyphens and underscores, at most 64");
    }
    return new LinkId(text);
  }

  /** A path, relative ones resolved against {@code base}. */
  public static Path path(Path base, String text) {
    try {
      return base.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is no path", e);
    }
  }

  /** An instant. */
  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither 'start' nor an instant such as 2026-01-01T00:00:00Z", e);
    }
  }

  /** A duration within a range. */
  public static Function<String, Duration> duration(Duration min, Duration max) {
    return text -> {
      Duration duration = Units.duration(text);
      if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of range; from " + Units.text(min) + " to " + Units.text(max));
      }
      return duration;
    };
  }

  /** An instant within a range. */
  public static Function<String, Instant> instant(Instant earliest, Instant latest) {
    return text -> {
      Instant instant;
      try {
        instant = Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no instant; write 2030-01-01T00:00:00Z", e);
      }
      if (instant.isBefore(earliest) || instant.isAfter(latest)) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of range; from " + earliest + " to " + latest);
      }
      return instant;
    };
  }

  /** A size within a range. */
  public static Function<String, Long> size(long min, long max) {
    return text -> {
      long size = Units.size(text);
      if (size < min || size > max) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is out of range; from "
                + Units.sizeText(min)
                + " to "
                + Units.sizeText(max));
      }
      return size;
    };
  }
}
