package dev.holdfast.gateway.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast bundle diff}. */
@Command(
    name = "diff",
    sortOptions = false,
    description = "Tells in which fields two bundles differ; exit code 0 if in none, 1 if in some.")
final class BundleDiffCommand implements Callable<Integer> {
  /** What follows from other fields or from the blocks before. */
  private static final List<String> DERIVED =
      List.of("offset", "length", "flag_names", "crc_verdict", "created", "data_hex", "kind");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LenientOption lenient = new LenientOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "LEFT", description = "A bundle as a file or in hex.")
  private String left = "";

  @Parameters(index = "1", paramLabel = "RIGHT", description = "Another.")
  private String right = "";

  @Override
  public Integer call() {
    Map<String, String> before = fields(left);
    Map<String, String> after = fields(right);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> before.getOrDefault(name, "").equals(after.getOrDefault(name, "")));
    Screen screen = new Screen(spec);
    if (json) {
      screen.line(document(names, before, after));
    } else if (names.isEmpty()) {
      screen.line("the bundles are the same");
    } else {
      for (String name : names) {
        screen.line(name);
        screen.line("  - " + before.getOrDefault(name, "(none)"));
        screen.line("  + " + after.getOrDefault(name, "(none)"));
      }
    }
    return names.isEmpty() ? 0 : 1;
  }

  /** Every field by its path; blocks go by number, which is what names them in a bundle. */
  private Map<String, String> fields(String bundle) {
    JsonNode document = BundleDocument.of(BundleInput.read(bundle, lenient.options()));
    Map<String, String> fields = new LinkedHashMap<>();
    flatten("primary", document.get("primary"), fields);
    for (JsonNode block : document.get("blocks")) {
      flatten("block " + block.get("number").asString(), block, fields);
    }
    return fields;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            entry -> {
              String name = path + "." + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(name, value, into);
              } else if (path.indexOf('.') >= 0 || !DERIVED.contains(entry.getKey())) {
                into.put(name, value.isNull() ? "none" : value.asString());
              }
            });
  }

  private static String document(
      Set<String> names, Map<String, String> before, Map<String, String> after) {
    return JsonText.line(
        out -> {
          out.writeBooleanProperty("same", names.isEmpty());
          out.writeArrayPropertyStart("differences");
          for (String name : names) {
            out.writeStartObject();
            out.writeStringProperty("field", name);
            if (before.containsKey(name)) {
              out.writeStringProperty("left", before.get(name));
            }
            if (after.containsKey(name)) {
              out.writeStringProperty("right", after.get(name));
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
