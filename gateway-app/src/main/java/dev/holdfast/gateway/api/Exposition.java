package dev.holdfast.gateway.api;

import java.util.List;

/** Metrics in the Prometheus text format, version 0.0.4. */
final class Exposition {
  private final StringBuilder text = new StringBuilder(4096);
  private String name = "";

  /** One label of a sample. */
  record Label(String name, String value) {}

  /** Begins a metric. */
  Exposition metric(String metric, String type, String help) {
    name = metric;
    text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    return this;
  }

  /** A sample of the metric begun last. */
  Exposition sample(double value, List<Label> labels) {
    text.append(name);
    char before = '{';
    for (Label label : labels) {
      text.append(before).append(label.name).append("=\"").append(escaped(label.value)).append('"');
      before = ',';
    }
    if (before == ',') {
      text.append('}');
    }
    text.append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    text.append('\n');
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
