package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things as server-sent events, over real connections. */
class ThingStreamTest {
  private static final int REMEMBERED = 5;
  private static final String THINGS = "/api/2/things";

  @TempDir Path directory;
  private SmallGateway gateway;
  private final List<Watcher> watchers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    gateway = new SmallGateway(directory, new SmallTwins(1, REMEMBERED));
  }

  @AfterEach
  void stop() {
    watchers.forEach(Watcher::close);
    gateway.close();
  }

  /** One event. */
  private record Event(String id, String name, String data) {}

  /** Who reads a stream, on a thread of its own. */
  private final class Watcher implements AutoCloseable {
    final List<Event> events = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    private final HttpClient http = HttpClient.newHttpClient();
    final int status;

    Watcher(String path, String... headers) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(gateway.uri(path)).header("Accept", "text/event-stream");
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<Stream<String>> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      status = response.statusCode();
      watchers.add(this);
      if (status == 200) {
        Thread _ = Thread.ofVirtual().start(() -> read(response.body()));
      }
    }

    private void read(Stream<String> body) {
      List<String> block = new ArrayList<>();
      try {
        body.forEach(
            line -> {
              if (line.isEmpty()) {
                event(block);
                block.clear();
              } else {
                block.add(line);
              }
            });
      } catch (UncheckedIOException e) {
        // It was broken off by one side.
      } finally {
        ended = true;
      }
    }

    private void event(List<String> block) {
      String name = field(block, "event: ");
      if (!name.isEmpty()) {
        events.add(new Event(field(block, "id: "), name, field(block, "data: ")));
      }
    }

    private static String field(List<String> block, String name) {
      return block.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    Event await(Predicate<Event> wanted) {
      return Awaitility.await()
          .until(() -> events.stream().filter(wanted).findFirst(), Optional::isPresent)
          .orElseThrow();
    }

    Event await(String data) {
      return await(event -> event.data().equals(data));
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  private void put(String id, int n) {
    gateway.send(
        "PUT", THINGS + "/" + id, BodyPublishers.ofString("{\"attributes\":{\"n\":" + n + "}}"));
  }

  private void delete(String id) {
    gateway.send("DELETE", THINGS + "/" + id, BodyPublishers.noBody());
  }

  private static String thing(String id, int n) {
    return "{\"thingId\":\"" + id + "\",\"attributes\":{\"n\":" + n + "}}";
  }

  @Test
  void tellsWhatChangesFromNowOn() throws Exception {
    put("a:one", 1);
    Watcher all = new Watcher(THINGS);
    put("a:two", 2);
    Event two = all.await(thing("a:two", 2));
    assertThat(two.name()).isEqualTo("message");
    assertThat(two.id()).matches("[0-9a-z]+-2");
    put("a:one", 3);
    all.await(thing("a:one", 3));
    delete("a:one");
    Event gone = all.await(event -> event.name().equals("gone"));
    assertThat(gone.data()).isEqualTo("{\"thingId\":\"a:one\"}");
    assertThat(all.events).noneMatch(event -> event.data().equals(thing("a:one", 1)));
  }

  @Test
  void beginsWithWhatIsNamed() throws Exception {
    put("a:one", 1);
    Watcher one = new Watcher(THINGS + "/a:one?fields=attributes");
    one.await("{\"attributes\":{\"n\":1}}");
    put("a:two", 2);
    put("a:one", 2);
    one.await("{\"attributes\":{\"n\":2}}");
    assertThat(one.events).hasSize(2);

    Watcher some = new Watcher(THINGS + "?ids=a:one,a:none");
    some.await(thing("a:one", 2));
    some.await(event -> event.name().equals("gone"));
    put("a:none", 5);
    some.await(thing("a:none", 5));
  }

  @Test
  void tellsOfNamespacesThatAreAskedFor() throws Exception {
    Watcher watcher = new Watcher(THINGS + "?namespaces=b,c");
    put("a:one", 1);
    put("b:one", 1);
    put("c:one", 1);
    watcher.await(thing("c:one", 1));
    assertThat(watcher.events).extracting(Event::data).contains(thing("b:one", 1)).hasSize(2);
  }

  @Test
  void tellsOnceOfChangesThatComeTogether() throws Exception {
    Watcher watcher = new Watcher(THINGS);
    gateway.twins.feed.add(List.of("a:one", "a:two", "a:one", "no id at all"), false);
    Event one = watcher.await(event -> event.data().equals("{\"thingId\":\"a:one\"}"));
    assertThat(one.id()).endsWith("-3");
    assertThat(watcher.events).extracting(Event::id).first().asString().endsWith("-2");
    assertThat(watcher.events).hasSize(2);
  }

  @Test
  void goesOnWhereTheClientWas() throws Exception {
    Watcher first = new Watcher(THINGS);
    put("a:one", 1);
    String last = first.await(thing("a:one", 1)).id();
    first.close();
    put("a:two", 2);
    put("a:three", 3);
    Watcher second = new Watcher(THINGS, "Last-Event-ID", last);
    second.await(thing("a:three", 3));
    assertThat(second.events)
        .extracting(Event::data)
        .containsExactly(thing("a:two", 2), thing("a:three", 3));
  }

  @Test
  void saysWhatWasMissed() throws Exception {
    Watcher first = new Watcher(THINGS);
    put("a:one", 1);
    String last = first.await(thing("a:one", 1)).id();
    for (int i = 0; i < REMEMBERED + 3; i++) {
      put("a:p" + i, i);
    }
    Watcher second = new Watcher(THINGS + "?ids=a:one,a:p7", "Last-Event-ID", last);
    second.await(thing("a:p7", 7));
    assertThat(second.events.getFirst().name()).isEqualTo("missed");
    assertThat(second.events.getFirst().data())
        .isEqualTo(
            "{\"changes\":3,\"text\":\"more changed meanwhile than is remembered; read again the"
                + " things that you look at\"}");
    assertThat(second.events).extracting(Event::data).contains(thing("a:one", 1));

    for (String other : List.of("elsewhere-1", "7", last.replaceAll("-.*", "-999"), "")) {
      Watcher third = new Watcher(THINGS + "?ids=a:one", "Last-Event-ID", other);
      third.await(thing("a:one", 1));
      assertThat(third.events.getFirst().data())
          .as(other)
          .startsWith("{\"changes\":null,\"text\":\"your last event is none of this run");
    }
  }

  @Test
  void isForSoManyAtATimeAndForWholeThings() throws Exception {
    Watcher part = new Watcher(THINGS + "/a:one/attributes");
    assertThat(part.status).isEqualTo(400);
    for (int i = 0; i < 64; i++) {
      assertThat(new Watcher(THINGS).status).isEqualTo(200);
    }
    assertThat(new Watcher(THINGS).status).isEqualTo(429);
    watchers.forEach(Watcher::close);
    put("a:one", 1); // who has gone is noticed when it is told something
    Awaitility.await()
        .until(
            () -> {
              put("a:one", 2);
              delete("a:one");
              return new Watcher(THINGS).status == 200;
            });
  }

  @Test
  void endsWhenTheGatewayStops() throws Exception {
    Watcher watcher = new Watcher(THINGS);
    put("a:one", 1);
    watcher.await(thing("a:one", 1));
    gateway.server.close();
    Awaitility.await().until(() -> watcher.ended);
  }
}
