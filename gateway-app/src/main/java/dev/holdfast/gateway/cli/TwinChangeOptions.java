package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What all commands that change a thing have, and how they do it. */
final class TwinChangeOptions {
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--if-match",
      paramLabel = "TAG",
      description = "Only if nobody changed the thing since it had this tag; * if it is there.")
  private Optional<String> ifMatch = Optional.empty();

  @Option(names = "--subject", paramLabel = "WHO", description = "Who asks, for export rules.")
  private Optional<String> subject = Optional.empty();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  /** Words of the command line: a thing, a path that may be missing, and a value. */
  record Words(String thing, String path, String value) {
    static Words of(List<String> words) {
      return new Words(words.getFirst(), words.size() == 3 ? words.get(1) : "", words.getLast());
    }
  }

  /** One change. */
  record Change(String method, String place, Optional<Octets> body, List<String> headers) {}

  /** Makes a change and tells of it. */
  int make(CommandSpec spec, Change change) {
    ApiClient client = gateway.client();
    HttpRequest.Builder request =
        client
            .to(change.place())
            .method(
                change.method(),
                change
                    .body()
                    .map(body -> BodyPublishers.ofByteArray(body.toByteArray()))
                    .orElseGet(BodyPublishers::noBody));
    for (int i = 0; i < change.headers().size(); i += 2) {
      request.header(change.headers().get(i), change.headers().get(i + 1));
    }
    ifMatch.ifPresent(
        tag ->
            request.header("If-Match", tag.equals("*") ? "*" : '"' + tag.replace("\"", "") + '"'));
    subject.ifPresent(who -> request.header("Holdfast-Subject", who));
    tell(spec, client.call(request));
    return 0;
  }

  private void tell(CommandSpec spec, ApiClient.Reply reply) {
    PrintWriter out = spec.commandLine().getOut();
    boolean created = reply.status() == 201;
    if (json) {
      out.println(
          JsonText.line(
              line -> {
                line.writeBooleanProperty("created", created);
                line.writeStringProperty("tag", reply.tag());
              }));
    } else {
      out.println((created ? "created, tag " : "done, tag ") + reply.tag());
    }
    out.flush();
  }
}
