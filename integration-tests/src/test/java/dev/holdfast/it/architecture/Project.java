package dev.holdfast.it.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the project's sources and compiled classes are. */
final class Project {
  /** The modules with the root package of each. */
  enum Module {
    BPV7("bpv7", "dev.holdfast.bpv7"),
    CONTACT_PLANS("contact-plans", "dev.holdfast.contacts"),
    CUSTODY("custody", "dev.holdfast.custody"),
    CRDT_SYNC("crdt-sync", "dev.holdfast.crdt"),
    GATEWAY_APP("gateway-app", "dev.holdfast.gateway");

    final String directory;
    final String rootPackage;

    Module(String directory, String rootPackage) {
      this.directory = directory;
      this.rootPackage = rootPackage;
    }
  }

  /** Where test classes lie: they are not held to the rules for main code. */
  private static final Pattern TEST_LOCATION =
      Pattern.compile(".*(/test-classes/|/test/|tests\\.jar!/).*");

  private Project() {}

  /** The directory that holds the modules, found from the directory the test runs in. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("bpv7"))) {
        return at;
      }
    }
    throw new IllegalStateException("run this test below the directory that holds the modules");
  }

  /** All main classes of all modules, from wherever the build put them: directories or jars. */
  static JavaClasses classes() {
    List<Location> locations = new ArrayList<>();
    for (Module module : Module.values()) {
      locations.add(mainLocation(module));
    }
    return new ClassFileImporter().importLocations(locations);
  }

  private static Location mainLocation(Module module) {
    String path = module.rootPackage.replace('.', '/');
    String marker = path + "/package-info.class";
    try {
      List<URL> found = Collections.list(Project.class.getClassLoader().getResources(marker));
      for (URL url : found) {
        String text = url.toString();
        if (!TEST_LOCATION.matcher(text).matches()) {
          return Location.of(
              java.net.URI.create(
                  text.substring(0, text.length() - "/package-info.class".length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(
        "no compiled classes of "
            + module.directory
            + ": build the modules together, and keep "
            + marker);
  }

  /** The main sources of all modules, in a fixed order. */
  static List<Source> mainSources() {
    return sources("src/main/java");
  }

  /** The test sources of all modules, in a fixed order. */
  static List<Source> testSources() {
    return sources("src/test/java");
  }

  private static List<Source> sources(String below) {
    List<Path> files = new ArrayList<>();
    Path root = root();
    List<String> directories =
        new ArrayList<>(Stream.of(Module.values()).map(m -> m.directory).toList());
    directories.add("integration-tests");
    for (String directory : directories) {
      Path sources = root.resolve(directory).resolve(below);
      if (!Files.isDirectory(sources)) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(sources)) {
        walk.filter(p -> p.toString().endsWith(".java")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Source.parse(root, files);
  }
}
