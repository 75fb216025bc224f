package dev.holdfast.gateway.demo;

import dev.holdfast.gateway.demo.TwinConflict.Candidate;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the API of one region says of twins. Any thread; fails as {@link GatewayApi} does. */
final class TwinApi {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String THINGS = "/api/2/things";
  private static final String TWINS = "/api/v1/twins";

  private final Site site;
  private final GatewayApi api;

  /** The twins of that site. */
  TwinApi(Site site, GatewayApi api) {
    this.site = site;
    this.api = api;
  }

  /** Changes a thing. */
  void make(TwinScript.Edit edit) throws IOException {
    HttpRequest.Builder request = api.request(THINGS + "/" + edit.place(), PATIENCE);
    request.header("Content-Type", "application/json");
    JsonNode _ =
        api.json(
            switch (edit.verb()) {
              case PUT -> request.PUT(BodyPublishers.ofString(edit.json()));
              case STEP -> request.POST(BodyPublishers.ofString(edit.json()));
              case DELETE -> request.DELETE();
            });
  }

  /** How far this region is, to be carried to the other by hand. */
  byte[] digest() throws IOException {
    return file(TWINS + "/digest", new byte[0]);
  }

  /** Takes what was carried here, and gives what its sender lacks; empty if nothing. */
  byte[] take(byte[] carried) throws IOException {
    return file(TWINS + "/take?answer=true", carried);
  }

  private byte[] file(String path, byte[] body) throws IOException {
    JsonNode answer =
        api.json(
            api.request(path, PATIENCE)
                .header("Accept", "application/json")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body)));
    return Base64.getDecoder().decode(answer.path("file").asString(""));
  }

  /** Streams of writes that this region has heard of in a thing, in hexadecimal digits. */
  List<String> streams(String thing) throws IOException {
    JsonNode document = api.json(api.request(TWINS + "/" + thing + "/canonical", PATIENCE).GET());
    return List.copyOf(document.path("metadata").path("vector_clock").propertyNames());
  }

  /** All things, their conflicts, and how fresh the other region is. */
  TwinState look() throws IOException {
    JsonNode twins = twinClass();
    SortedMap<String, JsonNode> things = new TreeMap<>();
    List<TwinConflict> conflicts = new ArrayList<>();
    for (JsonNode thing : api.json(api.request(THINGS, PATIENCE).GET()).path("items")) {
      String id = thing.path("thingId").stringValue();
      things.put(id, thing);
      conflicts.addAll(conflicts(id));
    }
    Site other = site == Site.EARTH ? Site.MARS : Site.EARTH;
    JsonNode age = of(other, twins.path("as_of")).path("age_seconds");
    return new TwinState(
        site,
        things,
        conflicts,
        twins.path("root").asString(""),
        age.isIntegralNumber() ? OptionalLong.of(age.longValue()) : OptionalLong.empty(),
        of(other, twins.path("peers")).path("in_step").asBoolean(false));
  }

  /** None if the thing has gone since it was listed. */
  private List<TwinConflict> conflicts(String thing) throws IOException {
    List<TwinConflict> conflicts = new ArrayList<>();
    String full = THINGS + "/" + thing + "?view=full";
    try {
      for (JsonNode each : api.json(api.request(full, PATIENCE).GET()).path("conflicts")) {
        conflicts.add(conflict(thing, each));
      }
    } catch (FileNotFoundException gone) {
      return List.of();
    }
    return conflicts;
  }

  private JsonNode twinClass() throws IOException {
    for (JsonNode each : api.json(api.request(TWINS, PATIENCE).GET()).path("classes")) {
      if (each.path("class").asString("").equals(SiteFiles.TWIN_CLASS)) {
        return each;
      }
    }
    throw new IOException(site.label() + " keeps no twins to be shared");
  }

  /** The one of that region; a missing node if there is none. */
  private static JsonNode of(Site region, JsonNode regions) {
    for (JsonNode each : regions) {
      if (each.path("region").asString("").equals(region.label())) {
        return each;
      }
    }
    return regions.path(-1);
  }

  private static TwinConflict conflict(String thing, JsonNode conflict) {
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode it : conflict.path("candidates")) {
      candidates.add(
          new Candidate(
              it.path("value").toString(),
              it.path("writer").asString(""),
              it.path("at").asString(""),
              it.path("shown").asBoolean(false)));
    }
    return new TwinConflict(thing, conflict.path("path").asString(""), candidates);
  }
}
