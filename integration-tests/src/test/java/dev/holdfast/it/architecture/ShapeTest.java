package dev.holdfast.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What types may look like: names, interfaces, records, constructors, static state. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShapeTest {
  /** The only interfaces that stand for something exchangeable (DESIGN §3). */
  private static final List<String> PORTS =
      List.of(
          "dev.holdfast.custody.BundleStore",
          "dev.holdfast.crdt.replica.TwinStore",
          "dev.holdfast.gateway.link.Link",
          "dev.holdfast.gateway.endpoint.Endpoint",
          "dev.holdfast.gateway.clock.GatewayClock",
          "dev.holdfast.gateway.clock.Entropy",
          // each convergence layer as the simulator runs it
          "dev.holdfast.gateway.sim.SimProtocol");

  /** Interfaces that belong to a port: each port's implementations bring one of their own. */
  private static final List<String> PARTS_OF_PORTS =
      List.of(
          // how each BundleStore shows its memory to the pure SeenBundles
          "dev.holdfast.custody.SeenRecords",
          // one end of a link of a SimProtocol, a Link that can crash
          "dev.holdfast.gateway.sim.SimLink");

  private static final Pattern EMPTY_NAME =
      Pattern.compile("Abstract.*|.*(Impl|Manager|Util|Utils|Helper|Helpers)");

  private static final List<String> MUTABLE =
      List.of(
          "java.util.concurrent.",
          "java.util.HashMap",
          "java.util.LinkedHashMap",
          "java.util.TreeMap",
          "java.util.HashSet",
          "java.util.TreeSet",
          "java.util.ArrayList",
          "java.util.ArrayDeque",
          "java.lang.ThreadLocal",
          "java.lang.StringBuilder");

  private static final int CONSTRUCTOR_PARAMETERS = 6;

  private JavaClasses classes;

  @BeforeAll
  void read() {
    classes = Project.classes();
  }

  @Test
  void namesSayWhatAThingIs() {
    List<String> wrong =
        classes.stream()
            .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
            .map(JavaClass::getName)
            .toList();

    assertThat(wrong)
        .as("names that say nothing: name the thing by what it does (DESIGN §3.9)")
        .isEmpty();
  }

  @Test
  void interfacesArePortsChoicesOrFunctions() {
    List<String> wrong =
        classes.stream()
            .filter(type -> type.isInterface() && !type.isAnnotation())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.reflect().isSealed())
            .filter(type -> !type.isAnnotatedWith(FunctionalInterface.class))
            .filter(type -> !PARTS_OF_PORTS.contains(type.getName()))
            .filter(type -> PORTS.stream().noneMatch(port -> isOrIsIn(type, port)))
            .map(JavaClass::getName)
            .toList();

    assertThat(wrong)
        .as(
            "interfaces that are no port, no sealed choice and no @FunctionalInterface: use the class itself")
        .isEmpty();
  }

  @Test
  void constructorsTakeAtMostSixParametersUnlessTheTypeIsPureData() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : classes) {
      for (JavaConstructor constructor : type.getConstructors()) {
        boolean data = type.isRecord() && type.getFields().stream().noneMatch(this::doesSomething);
        if (!data && !isHidden(type) && parameters(constructor) > CONSTRUCTOR_PARAMETERS) {
          wrong.add(constructor.getDescription() + ": group what belongs together in a record");
        }
      }
    }

    assertThat(wrong).as("constructors with more than six parameters").isEmpty();
  }

  @Test
  void recordsHoldNoArrays() {
    List<String> wrong =
        classes.stream()
            .filter(JavaClass::isRecord)
            .flatMap(type -> type.getFields().stream())
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> field.getRawType().isArray())
            .map(field -> field.getFullName() + ": use Octets or a List")
            .toList();

    assertThat(wrong).as("arrays inside records have no value equality (DESIGN §3.8)").isEmpty();
  }

  @Test
  void nothingStaticChanges() {
    List<String> wrong =
        classes.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
            .filter(
                field ->
                    !field.getModifiers().contains(JavaModifier.FINAL)
                        || MUTABLE.stream().anyMatch(field.getRawType().getName()::startsWith))
            .map(field -> field.getFullName() + ": make it a field of the object that owns it")
            .toList();

    assertThat(wrong).as("static mutable state (DESIGN §3.11)").isEmpty();
  }

  @Test
  void classesAreFinalSealedOrAbstract() {
    List<String> wrong =
        classes.stream()
            .filter(type -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> !type.reflect().isSealed())
            .map(type -> type.getName() + ": make it final")
            .toList();

    assertThat(wrong).as("classes open to subclasses (DESIGN §3.9)").isEmpty();
  }

  private static int parameters(JavaConstructor constructor) {
    return constructor.getRawParameterTypes().size();
  }

  /** Compiler-made or anonymous: nobody calls these constructors by hand. */
  private static boolean isHidden(JavaClass type) {
    return type.isAnonymousClass() || type.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  /** Whether the field holds something that acts: a port, or a function. */
  private boolean doesSomething(JavaField field) {
    JavaClass type = field.getRawType();
    return PORTS.contains(type.getName())
        || type.isAnnotatedWith(FunctionalInterface.class)
        || type.getPackageName().equals("java.util.function")
        || type.getName().equals("java.lang.Runnable");
  }

  private static boolean isOrIsIn(JavaClass type, String port) {
    return type.getName().equals(port) || type.getName().startsWith(port + "$");
  }
}
