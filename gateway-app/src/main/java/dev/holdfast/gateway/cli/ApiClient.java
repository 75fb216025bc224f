package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of a gateway's HTTP interface. What the gateway refuses becomes a {@link
 * CommandException}: unusable if the request was, failed otherwise. Any thread.
 */
public final class ApiClient {
  private static final int MOST_PROBLEM = 64 << 10;

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * A client of the gateway at {@code url}.
   *
   * @param url such as {@code http://127.0.0.1:8480}
   * @throws CommandException if it is no URL
   */
  public ApiClient(String url) {
    try {
      this.base = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    } catch (URISyntaxException e) {
      throw notUrl(url);
    }
    if (base.getHost() == null || !"http".equals(base.getScheme())) {
      throw notUrl(url);
    }
  }

  private static CommandException notUrl(String url) {
    return CommandException.unusable("--api " + url + " is no URL; write http://127.0.0.1:8480");
  }

  /** The query of a request, in order. */
  public static final class Query {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Adds a parameter. */
    public Query with(String name, Object value) {
      values.put(name, value.toString());
      return this;
    }

    /** Adds a parameter if there is a value for it. */
    public Query with(String name, Optional<?> value) {
      value.ifPresent(each -> values.put(name, each.toString()));
      return this;
    }

    String text() {
      StringBuilder text = new StringBuilder();
      values.forEach(
          (name, value) ->
              text.append(text.isEmpty() ? '?' : '&')
                  .append(name)
                  .append('=')
                  .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
      return text.toString();
    }
  }

  /** Hands a bundle in; the answer names it. */
  public JsonText.Value submit(Query query, BodyPublisher payload) {
    return json(request("/bundles" + query.text()).POST(payload));
  }

  /** Registers an endpoint of the gateway's node. */
  public void register(String endpoint) {
    String _ = text(request("/endpoints/" + segment(endpoint)).PUT(BodyPublishers.noBody()));
  }

  /** Fetches bundles from an endpoint. */
  public List<JsonText.Value> fetch(String endpoint, Query query) {
    return json(request("/endpoints/" + segment(endpoint) + "/fetch" + query.text())
            .POST(BodyPublishers.noBody()))
        .objects("deliveries");
  }

  /** Acknowledges bundles. */
  public void acknowledge(String endpoint, List<Long> keys) {
    post("/endpoints/" + segment(endpoint) + "/acknowledge", keys);
  }

  /** Gives bundles back. */
  public void giveBack(String endpoint, List<Long> keys) {
    post("/endpoints/" + segment(endpoint) + "/give-back", keys);
  }

  private void post(String path, List<Long> keys) {
    String body =
        JsonText.line(
            out -> {
              out.writeArrayPropertyStart("keys");
              keys.forEach(out::writeNumber);
              out.writeEndArray();
            });
    JsonText.Value _ = json(request(path).POST(BodyPublishers.ofString(body)));
  }

  /** The payload of a held bundle. */
  public InputStream payload(long key) {
    return open(request("/bundles/" + key + "/payload").GET());
  }

  /** What a path below {@code /api/v1} says. */
  public JsonText.Value get(String path) {
    return json(request(path).GET());
  }

  /** What the gateway answers to a request with a JSON body, or none if it is empty. */
  public String send(String method, String path, String body) {
    BodyPublisher content =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return text(request(path).method(method, content));
  }

  /**
   * A request for a path from the root of the interface, such as {@code /api/2/things}; what is in
   * it of others is made of {@link #segment}s.
   */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofHours(12));
  }

  private HttpRequest.Builder request(String path) {
    return to("/api/v1" + path);
  }

  private JsonText.Value json(HttpRequest.Builder request) {
    String body = text(request);
    return JsonText.read(body)
        .orElseThrow(
            () -> CommandException.failed(base + " is no Holdfast gateway: " + firstLine(body)));
  }

  /**
   * What came back, if the gateway did as asked.
   *
   * @param status 200 to 299
   * @param tag of the thing, without its quotation marks; empty if none was told
   * @param body all of it
   */
  record Reply(int status, String tag, Octets body) {
    String text() {
      return new String(body.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  /** Sends a request and reads the whole answer. */
  Reply call(HttpRequest.Builder request) {
    return read(granted(exchange(request)));
  }

  /** As {@link #call}; empty if there is no such thing. */
  Optional<Reply> find(HttpRequest.Builder request) {
    HttpResponse<InputStream> response = exchange(request);
    if (response.statusCode() == 404) {
      Reply _ = read(response);
      return Optional.empty();
    }
    return Optional.of(read(granted(response)));
  }

  private Reply read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      String tag = response.headers().firstValue("ETag").orElse("").replace("\"", "");
      return new Reply(response.statusCode(), tag, Octets.wrap(body.readAllBytes()));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private String text(HttpRequest.Builder request) {
    try (InputStream body = open(request)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Sends a request; the answer is read by whoever gets it, while it comes. */
  InputStream open(HttpRequest.Builder request) {
    return granted(exchange(request)).body();
  }

  private HttpResponse<InputStream> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw CommandException.failed(
          "no gateway answers at "
              + base
              + "; start one with holdfast run, or name another with --api");
    } catch (IOException e) {
      throw broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted");
    }
  }

  private HttpResponse<InputStream> granted(HttpResponse<InputStream> response) {
    if (response.statusCode() < 300) {
      return response;
    }
    try (InputStream body = response.body()) {
      byte[] problem = body.readNBytes(MOST_PROBLEM);
      throw refused(response.statusCode(), new String(problem, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  CommandException broken(IOException e) {
    return CommandException.failed("the connection to " + base + " broke: " + e.getMessage());
  }

  private static CommandException refused(int status, String body) {
    String detail =
        JsonText.read(body)
            .flatMap(problem -> problem.text("detail"))
            .orElseGet(() -> "the gateway answers " + status + ": " + firstLine(body));
    return switch (status) {
      case 400, 411, 413 -> CommandException.unusable(detail);
      default -> CommandException.failed(detail);
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("(nothing)");
  }

  /** A text as one part of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
