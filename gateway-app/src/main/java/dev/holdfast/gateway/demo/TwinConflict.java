package dev.holdfast.gateway.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values that stand side by side, since they were written by regions that did not hear each other.
 *
 * @param thing of which thing
 * @param path where in it
 * @param candidates the values, the one that is shown first
 */
record TwinConflict(String thing, String path, List<Candidate> candidates) {
  /** Keeps an unmodifiable copy. */
  TwinConflict {
    candidates = List.copyOf(candidates);
  }

  /**
   * One of the values.
   *
   * @param value as JSON
   * @param writer the stream that it was written in, in hexadecimal digits
   * @param at when, by its writer's clock
   * @param shown whether it is what a reader gets
   */
  record Candidate(String value, String writer, String at, boolean shown) {}

  /** For people: each value, who wrote it, and when. */
  String words(Map<String, Site> writers) {
    return "%s/%s: %s"
        .formatted(
            thing,
            path,
            candidates.stream().map(it -> words(it, writers)).collect(Collectors.joining(", ")));
  }

  private static String words(Candidate it, Map<String, Site> writers) {
    Site site = writers.get(it.writer());
    String who = site == null ? "nobody known" : site.label();
    return "%s by %s at %s%s".formatted(it.value(), who, it.at(), it.shown() ? " (shown)" : "");
  }
}
