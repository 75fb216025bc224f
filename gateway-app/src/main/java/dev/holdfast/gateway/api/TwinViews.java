package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.twin.Conflict;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinAnswer.AsOf;
import dev.holdfast.gateway.twin.TwinAnswer.ClassStatus;
import dev.holdfast.gateway.twin.TwinAnswer.PeerStatus;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** How twins are told. */
final class TwinViews {
  /** Regions of the header; servers and proxies refuse headers of more than some KiB. */
  private static final int REGIONS_OF_HEADER = 16;

  private static final int NAME_OF_HEADER = 64;

  /** RFC 9110 §5.6.7. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final TwinJson JSON = new TwinJson(TwinLimits.DEFAULT);

  private TwinViews() {}

  /** JSON of a twin, exactly. */
  static String json(JsonNode json) {
    return JSON.write(json);
  }

  /** The tag of a thing as it is now. */
  static void tag(Context context, String tag) {
    context.header("ETag", '"' + tag + '"');
  }

  /** What is told of a thing beside its body. */
  static void headers(Context context, TwinAnswer.Shown shown) {
    tag(context, shown.tag());
    shown
        .lastWrite()
        .map(at -> HTTP_DATE.format(at.toInstant().atOffset(ZoneOffset.UTC)))
        .ifPresent(at -> context.header("Last-Modified", at));
    context.header("Holdfast-As-Of", asOf(shown.asOf()));
  }

  /** Such as {@code open/mars=120@300s, open/moon=7@?}. */
  static String asOf(List<AsOf> regions) {
    StringBuilder text = new StringBuilder();
    for (AsOf each : regions.subList(0, Math.min(regions.size(), REGIONS_OF_HEADER))) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(name(each.exportClass()))
          .append('/')
          .append(name(each.region()))
          .append('=')
          .append(each.last())
          .append('@')
          .append(each.ageSeconds() < 0 ? "?" : each.ageSeconds() + "s");
    }
    int more = regions.size() - REGIONS_OF_HEADER;
    return more > 0 ? text + ", +" + more : text.toString();
  }

  private static String name(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._:-]", "_");
    return plain.length() > NAME_OF_HEADER ? plain.substring(0, NAME_OF_HEADER) : plain;
  }

  /** A value with all that is known of it. */
  static String full(TwinAnswer.Shown shown, JsonNode value) {
    return Json.object(
        out -> {
          raw(out, "value", value);
          out.writeStringProperty("tag", shown.tag());
          Json.time(out, "last_write", shown.lastWrite());
          Json.list(out, "conflicts", shown.conflicts(), conflict -> conflict(out, conflict));
          Json.list(out, "as_of", shown.asOf(), each -> asOf(out, each));
        });
  }

  private static void conflict(JsonGenerator out, Conflict conflict) {
    out.writeStringProperty("path", conflict.path());
    Json.list(
        out,
        "candidates",
        conflict.candidates(),
        it -> {
          out.writeBooleanProperty("shown", it.shown());
          out.writeStringProperty("kind", Json.code(it.kind()));
          raw(out, "value", it.json());
          Json.text(out, "writer", it.writer().map(Dot::actor).map(actor -> actor.hex()));
          Optional<Long> number = it.writer().map(Dot::sequence);
          if (number.isPresent()) {
            out.writeNumberProperty("number", number.get());
          } else {
            out.writeNullProperty("number");
          }
          Json.time(out, "at", it.at().map(Hlc::millis).map(DtnTime::new));
        });
  }

  private static void asOf(JsonGenerator out, AsOf asOf) {
    out.writeStringProperty("region", asOf.region());
    out.writeStringProperty("class", asOf.exportClass());
    out.writeNumberProperty("last", asOf.last());
    if (asOf.ageSeconds() < 0) {
      out.writeNullProperty("age_seconds");
    } else {
      out.writeNumberProperty("age_seconds", asOf.ageSeconds());
    }
  }

  /** How the classes are. */
  static String regions(TwinAnswer.Regions regions) {
    return Json.object(
        out -> Json.list(out, "classes", regions.classes(), each -> exportClass(out, each)));
  }

  private static void exportClass(JsonGenerator out, ClassStatus status) {
    out.writeStringProperty("class", status.name());
    out.writeStringProperty("root", status.root());
    out.writeNumberProperty("entries", status.entries());
    out.writeNumberProperty("unsealed", status.unsealed());
    Json.list(out, "as_of", status.asOf(), each -> asOf(out, each));
    Json.list(out, "peers", status.peers(), peer -> peer(out, peer));
    Json.list(out, "keys", status.keys(), key -> key(out, key));
  }

  private static void key(JsonGenerator out, TwinAnswer.KeyStatus key) {
    out.writeStringProperty("region", key.region());
    out.writeNumberProperty("index", key.index());
    out.writeStringProperty("key", key.key().octets().hex());
  }

  private static void peer(JsonGenerator out, PeerStatus peer) {
    out.writeStringProperty("region", peer.region());
    out.writeBooleanProperty("open", peer.open());
    out.writeBooleanProperty("in_step", peer.inStep());
    Json.time(out, "heard", peer.heard());
    out.writeNumberProperty("knows_ours", peer.knowsOurs());
  }

  /** JSON within JSON, exactly. */
  static void raw(JsonGenerator out, String name, JsonNode json) {
    out.writeName(name);
    out.writeRawValue(json(json));
  }
}
