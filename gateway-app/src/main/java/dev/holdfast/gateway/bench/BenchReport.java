package dev.holdfast.gateway.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All figures of a run.
 *
 * @param machine what it ran on, by name, in a fixed order
 * @param settings how it was run, by name, in a fixed order
 * @param results the figures
 * @param failures what could not be measured, and why
 */
public record BenchReport(
    Map<String, String> machine,
    Map<String, String> settings,
    List<Result> results,
    List<String> failures) {
  private static final List<String> HEADINGS =
      List.of("suite", "what", "unit", "median", "min..max", "floor", "of floor", "target");

  /** Keeps unmodifiable copies. */
  public BenchReport {
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    results = List.copyOf(results);
    failures = List.copyOf(failures);
  }

  /** As a table for people, one line a floor. */
  public String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (Result result : results) {
      rows.addAll(rows(result));
    }
    var text = new StringBuilder();
    machine.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    settings.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    int[] widths = widths(rows);
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        boolean number = i == 3 || i == 4 || i == 6;
        String pad = " ".repeat(widths[i] - row.get(i).length());
        text.append(number ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      text.setLength(text.toString().stripTrailing().length());
      text.append('\n');
    }
    return text.toString();
  }

  /** As plain maps and lists for a JSON writer. */
  public Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", machine);
    all.put("settings", settings);
    all.put("results", results.stream().map(BenchReport::json).toList());
    all.put("failures", failures);
    return all;
  }

  private static Map<String, Object> json(Result result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("suite", result.suite());
    map.put("name", result.name());
    map.put("unit", result.unit());
    map.put("median", result.median());
    map.put("rounds", result.rounds());
    List<Map<String, Object>> floors = new ArrayList<>();
    for (Result.Floor floor : result.floors()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", floor.name());
      one.put("median", floor.median());
      one.put("rounds", floor.rounds());
      one.put("ratio", result.ratio(floor));
      floors.add(one);
    }
    map.put("floors", floors);
    result
        .target()
        .ifPresent(
            target -> {
              map.put("target", target.text());
              map.put("met", target.met());
            });
    return map;
  }

  private static List<List<String>> rows(Result result) {
    Samples samples = Samples.of(result.rounds());
    String target =
        result.target().map(t -> t.text() + (t.met() ? ": met" : ": NOT met")).orElse("");
    List<List<String>> rows = new ArrayList<>();
    List<String> first =
        List.of(
            result.suite(),
            result.name(),
            result.unit(),
            number(samples.median()),
            number(samples.min()) + ".." + number(samples.max()));
    List<String> next = List.of("", "", "", "", "");
    for (Result.Floor floor : result.floors()) {
      List<String> row = new ArrayList<>(rows.isEmpty() ? first : next);
      row.add(floor.name() + " " + number(floor.median()));
      row.add(String.format(Locale.ROOT, "%.2f", result.ratio(floor)));
      row.add(rows.isEmpty() ? target : "");
      rows.add(row);
    }
    if (rows.isEmpty()) {
      List<String> row = new ArrayList<>(first);
      row.addAll(List.of("", "", target));
      rows.add(row);
    }
    return rows;
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  /** Three figures that mean something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
