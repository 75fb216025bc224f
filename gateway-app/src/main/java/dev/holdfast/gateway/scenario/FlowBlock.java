package dev.holdfast.gateway.scenario;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A block of keys on one line of YAML: <code>{ from: earth, to: orbiter }</code>. */
final class FlowBlock {
  /** What YAML takes for a text without quotes, wherever it stands. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._/>-]*(:[A-Za-z0-9._/>-]+)*");

  private static final Pattern NOTHING = Pattern.compile("(?i)null");

  private final StringBuilder keys = new StringBuilder();

  /** A text, quoted where it must be. */
  FlowBlock text(String key, String value) {
    return raw(key, text(value));
  }

  /** A value as it is. */
  FlowBlock raw(String key, String value) {
    keys.append(keys.isEmpty() ? "" : ", ").append(key).append(": ").append(value);
    return this;
  }

  FlowBlock flag(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  /** A list of texts. */
  FlowBlock list(String key, List<String> values) {
    return raw(
        key, values.stream().map(FlowBlock::text).collect(Collectors.joining(", ", "[", "]")));
  }

  /** A text, quoted where it must be. */
  static String text(String value) {
    boolean plain = PLAIN.matcher(value).matches() && !NOTHING.matcher(value).matches();
    return plain ? value : quoted(value);
  }

  /** A text in quotes. */
  static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  @Override
  public String toString() {
    return "{ " + keys + " }";
  }
}
