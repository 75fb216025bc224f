package dev.holdfast.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who sees whom, and what is called where: the compiled classes against the two tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchitectureTest {
  private JavaClasses classes;

  @BeforeAll
  void read() {
    classes = Project.classes();
    assertThat(classes.size()).as("compiled classes found").isGreaterThan(60);
  }

  @Test
  void everyPackageHasItsLayer() {
    List<String> missing = packages().stream().filter(name -> Layers.of(name).isEmpty()).toList();

    assertThat(missing)
        .as("packages without a line in Layers: say who they may see, and why")
        .isEmpty();
  }

  @Test
  void packagesSeeOnlyWhatTheirLayerAllows() {
    List<String> wrong = new ArrayList<>();
    for (Dependency dependency : ours()) {
      String from = dependency.getOriginClass().getPackageName();
      String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
      if (!Layers.allows(from, to)) {
        wrong.add(
            from
                + " must not see "
                + to
                + ": "
                + dependency.getDescription()
                + " ["
                + Layers.of(from).map(Layers.Layer::reason).orElse("no line in Layers")
                + "]");
      }
    }

    assertThat(wrong)
        .as(
            "dependencies against DESIGN §1: move the type to where both may see it, or pass a value")
        .isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    Map<String, TreeSet<String>> graph = new TreeMap<>();
    for (Dependency dependency : ours()) {
      String from = dependency.getOriginClass().getPackageName();
      String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
      graph.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
    }

    assertThat(Layers.cycles(graph))
        .as("packages that need each other: pull what both need below them")
        .isEmpty();
  }

  @Test
  void theTableItselfFindsACycle() {
    assertThat(Layers.cycles(Map.of("a", List.of("b"), "b", List.of("a", "c"), "d", List.of("a"))))
        .containsOnlyKeys("a", "b");
    assertThat(Layers.cycles(Map.of("a", List.of("b"), "b", List.of("c", "b")))).isEmpty();
  }

  @Test
  void nothingIsCalledOutsideItsEdge() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : classes) {
      for (Edges.Ban ban : Edges.TABLE) {
        if (!Edges.isAmong(ban.places(), type.getName())) {
          wrong.addAll(violations(type, ban));
        }
      }
    }

    assertThat(wrong).as("calls outside their edge (DESIGN §3.12)").isEmpty();
  }

  @Test
  void everyFormOfCallIsNoticed() {
    JavaClass planted = new ClassFileImporter().importClasses(Planted.class).get(Planted.class);
    String all =
        Edges.TABLE.stream().flatMap(ban -> violations(planted, ban).stream()).toList().toString();

    assertThat(all)
        .contains("java.time.Instant.now()")
        .contains("java.util.Random.<init>()")
        .contains("java.lang.System.nanoTime()")
        .contains("java.lang.Thread.sleep(long)")
        .contains("java.lang.System.exit(int)")
        .contains("java.util.Map.of(")
        .contains("java.net.InetAddress");
  }

  @Test
  void theCentreIsPure() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : classes) {
      boolean pure =
          Edges.PURE.stream()
              .anyMatch(
                  p ->
                      type.getPackageName().equals(p) || type.getPackageName().startsWith(p + "."));
      if (pure && !Edges.isAmong(Edges.NOT_PURE, type.getName())) {
        wrong.addAll(violations(type, Edges.IMPURE));
      }
    }

    assertThat(wrong).as("I/O, threads or logging in the centre (DESIGN §3.1)").isEmpty();
  }

  private static List<String> violations(JavaClass type, Edges.Ban ban) {
    Stream<String> accesses =
        Stream.concat(
                type.getAccessesFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
            .filter(
                access ->
                    Edges.match(
                            ban, access.getTargetOwner().getName(), access.getTarget().getName())
                        .isPresent())
            .map(JavaAccess::getDescription);
    Stream<String> mentions =
        type.getDirectDependenciesFromSelf().stream()
            .filter(
                d ->
                    ban.what().stream()
                        .filter(name -> name.endsWith(".*"))
                        .anyMatch(
                            name ->
                                d.getTargetClass()
                                    .getBaseComponentType()
                                    .getName()
                                    .startsWith(name.substring(0, name.length() - 1))))
            .map(Dependency::getDescription);
    return Stream.concat(accesses, mentions)
        .distinct()
        .sorted()
        .map(text -> text + ": " + ban.instead())
        .toList();
  }

  private List<String> packages() {
    return classes.stream().map(JavaClass::getPackageName).distinct().sorted().toList();
  }

  private List<Dependency> ours() {
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(
            d -> d.getTargetClass().getBaseComponentType().getName().startsWith("dev.holdfast."))
        .sorted()
        .toList();
  }
}
