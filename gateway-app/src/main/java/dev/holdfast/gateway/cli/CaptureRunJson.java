package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.replay.CaptureComparison;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What came of the replay of a capture, as one line of JSON. Times are seconds. Pure. */
final class CaptureRunJson {
  private static final double NANOS_PER_SECOND = 1e9;

  private CaptureRunJson() {}

  static String line(CaptureRun run) {
    CaptureComparison all = run.end().comparison();
    return JsonText.line(
        out -> {
          out.writeStringProperty("capture", run.file());
          out.writeStringProperty("gateway", run.capture().name());
          texts(out, "neighbours", List.copyOf(run.capture().neighbours()));
          run.capture()
              .epoch()
              .ifPresent(at -> out.writeStringProperty("epoch", at.toInstant().toString()));
          out.writeBooleanProperty("same", all.isSame());
          out.writeNumberProperty("sent", all.sent());
          out.writeNumberProperty("taken", all.taken());
          out.writeNumberProperty("no_bundles", all.noBundles());
          out.writeNumberProperty("forwarded", all.forwarded());
          out.writeNumberProperty("forwarded_again", all.again());
          out.writeNumberProperty("own", all.own());
          out.writeNumberProperty("not_heard", all.unheard());
          out.writeNumberProperty("besides", all.besides());
          end(out, run.end());
          out.writeNumberProperty("real_s", run.realNanos() / NANOS_PER_SECOND);
          out.writeArrayPropertyStart("differences");
          all.differences().forEach(one -> difference(out, one));
          out.writeEndArray();
          texts(out, "findings", run.capture().findings());
        });
  }

  private static void end(JsonGenerator out, CaptureRun.End end) {
    switch (end) {
      case CaptureRun.End.Virtual(var outcome) -> {
        out.writeStringProperty("time", "virtual");
        out.writeNumberProperty("held_own", outcome.own().size());
        out.writeNumberProperty("held_others", outcome.waiting().size());
        out.writeNumberProperty("duration_s", outcome.nanos() / NANOS_PER_SECOND);
        out.writeStringProperty("hash", outcome.hash());
      }
      case CaptureRun.End.Live(var settings, var outcome) -> {
        out.writeStringProperty("time", "real");
        settings
            .connect()
            .map(HostPort::toString)
            .ifPresent(at -> out.writeStringProperty("connect", at));
        out.writeNumberProperty("speed", settings.speed());
        out.writeNumberProperty("expired", outcome.expired());
        out.writeNumberProperty("known", outcome.known());
        texts(out, "notes", outcome.notes());
      }
    }
  }

  private static void difference(JsonGenerator out, CaptureComparison.Difference one) {
    out.writeStartObject();
    out.writeStringProperty("kind", one.kind().name().toLowerCase(Locale.ROOT));
    out.writeStringProperty("neighbour", one.neighbour());
    out.writeStringProperty("what", one.what());
    out.writeStringProperty("why", one.why());
    out.writeEndObject();
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) {
    out.writeArrayPropertyStart(name);
    texts.forEach(out::writeString);
    out.writeEndArray();
  }
}
