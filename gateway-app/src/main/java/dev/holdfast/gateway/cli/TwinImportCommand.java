package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.crdt.twin.TwinLimits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code holdfast twin import}: makes a thing of a canonical object. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = "Make a thing of a canonical object, as writes of the gateway's region.")
final class TwinImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TwinChangeOptions change = new TwinChangeOptions();

  @Option(
      names = "--replace",
      description = "Also what the document has not seen is replaced (default: refused).")
  private boolean replace;

  @Parameters(index = "0", paramLabel = "FILE", description = "The document; - for standard input.")
  private String file = "";

  @Override
  public Integer call() {
    Octets document = TwinValue.file(file);
    return change.make(
        spec,
        new TwinChangeOptions.Change(
            "PUT",
            TwinPlaces.canonical(thing(document)) + (replace ? "?mode=replace" : ""),
            Optional.of(document),
            List.of()));
  }

  private String thing(Octets document) {
    return switch (new TwinJson(TwinLimits.DEFAULT).read(document)) {
      case Parsed.Good<JsonNode>(JsonNode json) -> {
        String id =
            json.path("object_id")
                .asStringOpt()
                .orElseThrow(
                    () ->
                        CommandException.unusable(
                            file + ": no object_id; give a document that twin export wrote"));
        yield id.contains(":") ? id : ":" + id;
      }
      case Parsed.Bad<JsonNode> bad ->
          throw CommandException.unusable(file + " is no JSON: " + bad);
    };
  }
}
