package dev.holdfast.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** How large things may be, and what must not stand in a source. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SizesTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final int COLUMNS = 120;
  private static final int PUBLIC_TYPES = 28;

  private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern SLEEP =
      Pattern.compile("\\b(Thread|SECONDS|MILLISECONDS)\\s*\\.\\s*sleep\\s*\\(");

  private List<Source> main = List.of();
  private List<Source> test = List.of();

  @BeforeAll
  void read() {
    main = Project.mainSources();
    test = Project.testSources();
    assertThat(main.size()).as("source files found").isGreaterThan(40);
  }

  @Test
  void filesStopAtFourHundredLines() {
    List<String> wrong =
        main.stream()
            .filter(source -> source.codeLines().size() > FILE_LINES)
            .map(source -> source.path() + " has " + source.codeLines().size() + " lines of code")
            .toList();

    assertThat(wrong)
        .as("files over " + FILE_LINES + " lines of code: find the second thing in them")
        .isEmpty();
  }

  @Test
  void methodsStopAtSixtyLines() {
    List<String> wrong = new ArrayList<>();
    for (Source source : main) {
      for (Source.Method method : source.methods()) {
        if (method.codeLines() > METHOD_LINES) {
          wrong.add(
              source.path()
                  + ":"
                  + method.line()
                  + " "
                  + method.name()
                  + " has "
                  + method.codeLines());
        }
      }
    }

    assertThat(wrong)
        .as("methods over " + METHOD_LINES + " lines of code: name their parts")
        .isEmpty();
  }

  /** Tables of cases in tests may be wider: one case a line is worth more there. */
  @Test
  void linesFitTheScreen() {
    List<String> wrong = new ArrayList<>();
    for (Source source : main) {
      for (int i = 0; i < source.lines().size(); i++) {
        String line = source.lines().get(i);
        if (line.codePointCount(0, line.length()) > COLUMNS) {
          wrong.add(source.path() + ":" + (i + 1));
        }
      }
    }

    assertThat(wrong).as("lines over " + COLUMNS + " columns").isEmpty();
  }

  @Test
  void packagesStaySurveyable() {
    Map<Path, List<String>> publicTypes = new TreeMap<>();
    for (Source source : main) {
      source.types().stream()
          .filter(Source.Type::isPublic)
          .forEach(
              type ->
                  publicTypes
                      .computeIfAbsent(source.path().getParent(), _ -> new ArrayList<>())
                      .add(type.name()));
    }
    List<String> wrong = new ArrayList<>();
    publicTypes.forEach(
        (path, types) -> {
          if (types.size() > PUBLIC_TYPES) {
            wrong.add(path + " shows " + types.size() + " public types: " + types);
          }
        });

    assertThat(wrong)
        .as("packages with more than " + PUBLIC_TYPES + " public types: split by feature")
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Map<Path, Boolean> described = new TreeMap<>();
    for (Source source : main) {
      boolean here =
          source.path().endsWith("package-info.java") && source.lines().contains("@NullMarked");
      described.merge(source.path().getParent(), here, Boolean::logicalOr);
    }
    List<Path> wrong = described.keySet().stream().filter(path -> !described.get(path)).toList();

    assertThat(wrong)
        .as("packages without a @NullMarked package-info.java that says what they are")
        .isEmpty();
  }

  @Test
  void choicesOverTypesAreTotal() {
    List<String> wrong = new ArrayList<>();
    for (Source source : main) {
      source.patternSwitchesWithDefault().forEach(line -> wrong.add(source.path() + ":" + line));
    }

    assertThat(wrong)
        .as(
            "switches over types with a default (DESIGN §3.5): name every case, so that a new one is found")
        .isEmpty();
  }

  @Test
  void nothingIsLeftOpenOrSlept() {
    List<String> wrong = new ArrayList<>();
    for (Source source : all()) {
      if (source.path().toString().contains("it/architecture")) {
        continue;
      }
      for (int i = 0; i < source.lines().size(); i++) {
        String line = source.lines().get(i);
        if (LEFT_OPEN.matcher(line).find() || SLEEP.matcher(line).find()) {
          wrong.add(source.path() + ":" + (i + 1) + " " + line.strip());
        }
      }
    }

    assertThat(wrong).as("work left open, or sleeping where an event can be awaited").isEmpty();
  }

  @Test
  void atLeastHalfOfAllTypesAreHidden(TestReporter reporter) {
    Map<String, int[]> byModule = new TreeMap<>();
    for (Source source : main) {
      for (Source.Type type : source.types()) {
        for (String key : List.of(source.path().getName(0).toString(), "all modules")) {
          int[] counts = byModule.computeIfAbsent(key, _ -> new int[2]);
          counts[type.isPublic() ? 0 : 1]++;
        }
      }
    }
    byModule.forEach(
        (module, counts) ->
            reporter.publishEntry(
                module,
                "%d of %d top-level types package-private (%d %%)"
                    .formatted(
                        counts[1],
                        counts[0] + counts[1],
                        100 * counts[1] / (counts[0] + counts[1]))));

    assertThat(byModule.get("all modules")[0]).as("public types counted").isPositive();
  }

  private List<Source> all() {
    List<Source> all = new ArrayList<>(main);
    all.addAll(test);
    return all;
  }
}
