package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a gateway says of a file that is carried by hand.
 *
 * @param file for the other side; empty if there is nothing to say
 * @param things those that changed at the gateway
 * @param problems what it did not take
 */
record TwinCarried(Octets file, List<String> things, List<String> problems) {
  /** Keeps its own copies. */
  TwinCarried {
    things = List.copyOf(things);
    problems = List.copyOf(problems);
  }

  /** Asks a gateway. */
  static TwinCarried of(ApiClient client, String place, Octets body) {
    JsonNode told =
        TwinValue.read(
            client.call(
                client
                    .to(TwinPlaces.TWINS + place)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(body.toByteArray()))));
    return new TwinCarried(
        Octets.wrap(Base64.getDecoder().decode(told.path("file").asString())),
        texts(told.path("things")),
        texts(told.path("problems")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString()));
    return texts;
  }

  /**
   * Writes the file and tells of it.
   *
   * @param output where to, if anywhere
   * @return the exit code: 1 if something was not taken
   */
  int tell(CommandSpec spec, Optional<String> output, boolean json) {
    boolean writes = output.isPresent() && !file.isEmpty();
    if (writes) {
      TwinFile.write(spec, output.get(), file);
    }
    Screen screen = new Screen(spec);
    if (json) {
      screen.line(
          JsonText.line(
              out -> {
                out.writeNumberProperty("bytes", file.size());
                texts(out, "things", things);
                texts(out, "problems", problems);
              }));
    } else {
      things.forEach(thing -> screen.note("changed here: " + thing));
      if (writes) {
        screen.note(file.size() + " bytes in " + output.get() + " for the other side");
      } else if (output.isPresent()) {
        screen.note("nothing to say: no file was written");
      }
    }
    problems.forEach(problem -> screen.note("not taken: " + problem));
    return problems.isEmpty() ? 0 : 1;
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(out::writeString);
    out.writeEndArray();
  }
}
