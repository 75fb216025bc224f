package dev.holdfast.contacts.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is told of a trace without refusing it: single lines, and things that are counted. Filled
 * while the trace is read, by the thread that reads it.
 */
public final class TraceFindings {
  private final int limit;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private long unlisted;

  /** None so far, and no more than {@code limits} allow. */
  public TraceFindings(TraceLimits limits) {
    this.limit = limits.findings();
  }

  /** Something that stands for itself. */
  public void add(String line) {
    if (lines.size() < limit) {
      lines.add(line);
    } else {
      unlisted++;
    }
  }

  /** One more of {@code what}, a fixed text that follows a number, such as "lines left out". */
  public void count(String what) {
    if (counts.size() < limit || counts.containsKey(what)) {
      counts.merge(what, 1L, Long::sum);
    } else {
      unlisted++;
    }
  }

  /** One line each, cut at the limit with a line that counts the rest. */
  public List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    counts.forEach((what, count) -> all.add(count + " " + what));
    if (unlisted > 0) {
      all.add("and " + unlisted + " more");
    }
    return List.copyOf(all);
  }
}
