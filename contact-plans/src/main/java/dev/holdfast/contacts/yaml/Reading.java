package dev.holdfast.contacts.yaml;

import dev.holdfast.contacts.yaml.YamlException.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What reading one file has brought to light so far: its problems, and the keys it may hold. */
public final class Reading {
  /** More would not be read by anybody. */
  private static final int MAX_PROBLEMS = 100;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> lacking = new ArrayList<>();
  private final SortedSet<String> known = new TreeSet<>();

  /** Nothing read yet of the file of that name. */
  public Reading(String file) {
    this.file = file;
  }

  /** The name of the file. */
  String file() {
    return file;
  }

  /** Notes something wrong. */
  public void refuse(Position at, String text) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(file, at, text));
    }
  }

  /** Notes a lack: told last, since what is wrong elsewhere may be why. */
  void lacks(Position at, String text) {
    if (lacking.size() < MAX_PROBLEMS) {
      lacking.add(new Problem(file, at, text));
    }
  }

  /** Notes that the key of this path is understood. */
  void knows(String path) {
    known.add(path);
  }

  /** Every key that was looked for, as dotted paths; list items have no number. */
  public SortedSet<String> known() {
    return Collections.unmodifiableSortedSet(known);
  }

  /**
   * Ends the reading.
   *
   * @throws YamlException if anything was wrong
   */
  public void end() {
    problems.sort(Comparator.comparing(Problem::at));
    lacking.sort(Comparator.comparing(Problem::at));
    problems.addAll(lacking);
    if (!problems.isEmpty()) {
      throw new YamlException(problems);
    }
  }
}
