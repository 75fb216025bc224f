package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.yaml.Units;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The query of a request. Every parameter asked for is a valid one; the others are refused. */
final class Parameters {
  private final Map<String, List<String>> query;
  private final List<String> asked = new ArrayList<>();

  Parameters(Context context) {
    this.query = context.queryParamMap();
  }

  /** Refuses parameters that nobody asked for. */
  void end() {
    for (String name : query.keySet()) {
      if (!asked.contains(name)) {
        throw Problem.invalid(
            "there is no query parameter '" + name + "'; there are " + String.join(", ", asked));
      }
    }
  }

  Optional<String> text(String name) {
    asked.add(name);
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Problem.invalid("query parameter '" + name + "' is given twice");
    }
    return values.stream().findFirst().filter(value -> !value.isEmpty());
  }

  <T> Optional<T> value(String name, Function<String, T> read) {
    return text(name)
        .map(
            text -> {
              try {
                return read.apply(text);
              } catch (IllegalArgumentException e) {
                throw Problem.invalid("query parameter '" + name + "': " + e.getMessage());
              }
            });
  }

  Optional<Eid> endpoint(String name) {
    return value(name, Parameters::eid);
  }

  /** A duration in milliseconds. */
  long millis(String name, Duration fallback, Duration most) {
    Duration duration = value(name, Units::duration).orElse(fallback);
    if (duration.compareTo(most) > 0) {
      throw Problem.invalid(
          "query parameter '"
              + name
              + "': "
              + Units.text(duration)
              + " is more than "
              + Units.text(most));
    }
    return duration.toMillis();
  }

  long number(String name, long fallback, long min, long max) {
    long number = value(name, Parameters::whole).orElse(fallback);
    if (number < min || number > max) {
      throw Problem.invalid(
          "query parameter '"
              + name
              + "': "
              + number
              + " is out of range; from "
              + min
              + " to "
              + max);
    }
    return number;
  }

  /** Given without a value, or as {@code true}, it is set. */
  boolean flag(String name) {
    asked.add(name);
    List<String> values = query.getOrDefault(name, List.of("false"));
    return switch (values.getFirst()) {
      case "", "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      case String other ->
          throw Problem.invalid(
              "query parameter '" + name + "': '" + other + "' is neither true nor false");
    };
  }

  <E extends Enum<E>> E choice(String name, E fallback, Class<E> type) {
    return value(name, text -> constant(text, type)).orElse(fallback);
  }

  /** The values of a list with commas between. */
  <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    return value(
            name,
            text -> {
              List<E> found = new ArrayList<>();
              for (String each : text.split(",", -1)) {
                found.add(constant(each.strip(), type));
              }
              return found;
            })
        .orElse(List.of());
  }

  /** The endpoint that a text spells. */
  static Eid eid(String text) {
    return switch (Eids.parse(text)) {
      case Parsed.Good<Eid>(Eid eid) -> eid;
      case Parsed.Bad<Eid> bad ->
          throw new IllegalArgumentException(
              "'" + text + "' is no endpoint: " + bad.reason() + " (" + bad.section() + ")");
    };
  }

  private static <E extends Enum<E>> E constant(String text, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E each : type.getEnumConstants()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return each;
      }
      names.add(name);
    }
    throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", names));
  }

  private static Long whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no whole number", e);
    }
  }
}
