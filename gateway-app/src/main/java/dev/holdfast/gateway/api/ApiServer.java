package dev.holdfast.gateway.api;

import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.api.Routes.Route;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.twin.TwinAccess;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server. Started once, stopped once. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int THREADS = 48;
  private static final int READERS = 4;
  private static final String API = "/api/v1";
  private static final String PROBLEM = "application/problem+json";

  private final HostPort address;
  private final List<Route> routes;
  private final Javalin server;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, Thread.ofPlatform().name("api-read-", 0).factory());
  private final ExecutorService listeners =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-listen-", 0).factory());

  /**
   * A server that is not running yet.
   *
   * @param address where it will listen
   * @param node the way to the node
   * @param twins the way to the twins; empty if this gateway keeps none
   * @param operations what operators may see and do
   * @param version the version of this build
   */
  public ApiServer(
      HostPort address,
      NodeAccess node,
      Optional<TwinAccess> twins,
      Operations operations,
      String version) {
    this.address = address;
    this.routes = routes(node, new TwinCalls(twins), operations, version);
    this.server = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @throws BindException if the address is taken or is not of this machine
   */
  public void start() throws BindException {
    try {
      server.start(address.host(), address.port());
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException bind) {
          throw bind;
        }
      }
      throw e;
    }
  }

  /** Where it listens, with the port that the system chose if none was asked for. */
  public HostPort address() {
    return new HostPort(address.host(), server.port());
  }

  @Override
  public void close() {
    listeners.shutdownNow();
    server.stop();
    readers.shutdownNow();
  }

  /** Every route, for the test that holds them against the OpenAPI document. */
  List<Route> routes() {
    return routes;
  }

  private List<Route> routes(
      NodeAccess node, TwinCalls twins, Operations operations, String version) {
    GatewayConfig config = operations.config().get();
    Upload upload =
        new Upload(node.store(), config.api().maxUpload(), config.store().spoolThreshold());
    Download download = new Download(node.store());
    BundleRoutes bundles =
        new BundleRoutes(node, upload, download, () -> operations.config().get().defaults());
    EndpointRoutes endpoints = new EndpointRoutes(node, download, readers);
    StateRoutes state = new StateRoutes(node, operations);
    HealthRoutes health = new HealthRoutes(operations.health());
    List<Route> all = new ArrayList<>();
    all.add(get(API + "/bundles", bundles::list));
    all.add(post(API + "/bundles", bundles::submit));
    all.add(get(API + "/bundles/{bundle}", bundles::get));
    all.add(new Route(HandlerType.DELETE, API + "/bundles/{bundle}", bundles::cancel));
    all.add(get(API + "/bundles/{bundle}/payload", bundles::payload));
    all.add(get(API + "/endpoints", endpoints::list));
    all.add(new Route(HandlerType.PUT, API + "/endpoints/{endpoint}", endpoints::register));
    all.add(get(API + "/endpoints/{endpoint}/bundles", endpoints::bundles));
    all.add(post(API + "/endpoints/{endpoint}/fetch", endpoints::fetch));
    all.add(post(API + "/endpoints/{endpoint}/acknowledge", endpoints::acknowledge));
    all.add(post(API + "/endpoints/{endpoint}/give-back", endpoints::giveBack));
    all.add(get(API + "/status", state::status));
    all.add(get(API + "/links", state::links));
    all.add(get(API + "/contacts", state::contacts));
    all.add(get(API + "/routes", state::routes));
    all.add(get(API + "/forecast", state::forecast));
    all.add(get(API + "/queue", state::queue));
    all.add(get(API + "/encounters", state::encounters));
    all.add(get(API + "/counters", state::counters));
    all.addAll(plan(new PlanRoutes(node, operations)));
    all.addAll(twins(node, twins));
    all.add(get(API + "/config", state::config));
    all.add(post(API + "/reload", state::reload));
    all.add(get(API + "/events", new EventRoutes(node.journal(), listeners)::events));
    all.add(get(API + "/openapi.json", ApiServer::openApi));
    all.add(get("/livez", health::live));
    all.add(get("/readyz", health::ready));
    all.add(get("/healthz", health::health));
    if (config.api().metrics()) {
      all.add(get("/metrics", new MetricsRoute(node, twins, operations, version)::metrics));
    }
    return List.copyOf(all);
  }

  private static List<Route> plan(PlanRoutes plan) {
    String contact = API + "/plan/contacts/{from}/{to}/{start}";
    return List.of(
        get(API + "/plan", plan::plan),
        post(API + "/plan", plan::reload),
        get(API + "/plan/versions", plan::versions),
        get(API + "/plan/versions/{version}", plan::version),
        post(API + "/plan/versions/{version}/activate", plan::activate),
        get(API + "/plan/edits", plan::edits),
        new Route(HandlerType.DELETE, API + "/plan/edits", plan::clearEdits),
        post(API + "/plan/contacts", plan::add),
        new Route(HandlerType.PATCH, contact, plan::change),
        new Route(HandlerType.DELETE, contact, plan::cancel));
  }

  private List<Route> twins(NodeAccess node, TwinCalls twins) {
    TwinBody body = new TwinBody();
    ThingStream stream = new ThingStream(twins, node, new Listeners(listeners));
    ThingRoutes things = new ThingRoutes(twins, body, stream);
    TwinRoutes regions = new TwinRoutes(twins, body);
    String thing = "/api/2/things/{thing}";
    String part = thing + "/<path>";
    String canonical = API + "/twins/{thing}/canonical";
    return List.of(
        get("/api/2/things", new ThingList(twins, stream)::things),
        get(thing, things::thing),
        new Route(HandlerType.PUT, thing, things::putThing),
        new Route(HandlerType.PATCH, thing, things::patchThing),
        new Route(HandlerType.DELETE, thing, things::deleteThing),
        get(part, things::part),
        new Route(HandlerType.PUT, part, things::putPart),
        new Route(HandlerType.PATCH, part, things::patchPart),
        new Route(HandlerType.DELETE, part, things::deletePart),
        post(part, things::step),
        get(API + "/twins", regions::regions),
        post(API + "/twins/digest", regions::digest),
        post(API + "/twins/take", regions::take),
        get(canonical, regions::exported),
        new Route(HandlerType.PUT, canonical, regions::imported));
  }

  private static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, handler);
  }

  private static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, handler);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = Long.MAX_VALUE; // Bodies are counted where they are read.
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("api");
    config.jetty.threadPool = threads;
    // An endpoint has slashes of its own, written %2F within one part of a path; names in a twin
    // have any character. Paths here never name files.
    config.jetty.modifyHttpConfiguration(
        http ->
            http.setUriCompliance(
                UriCompliance.DEFAULT.with(
                    "names",
                    UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                    UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                    UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                    UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
    config.jetty.modifyServletContextHandler(
        servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
    config.routes.before(Guard::check);
    for (Route route : routes) {
      config.routes.addEndpoint(new Endpoint(route.method(), route.path(), route.handler()));
    }
    on(config, Problem.class, ApiServer::told);
    on(
        config,
        StoreException.class,
        (e, context) ->
            told(new Problem(Problem.Kind.NO_SPACE, String.valueOf(e.getMessage())), context));
    on(config, HttpResponseException.class, ApiServer::told);
    on(config, UncheckedIOException.class, ApiServer::hungUp);
    on(config, Exception.class, ApiServer::fault);
  }

  /**
   * Says what becomes of an exception. When a client has gone its request is no more, and whatever
   * touches it fails; the server would give that failure to the same handler, for ever.
   */
  private static <E extends Exception> void on(
      JavalinConfig config, Class<E> type, ExceptionHandler<? super E> handler) {
    config.routes.exception(
        type,
        (e, context) -> {
          try {
            handler.handle(e, context);
          } catch (RuntimeException gone) {
            LOG.debug("nobody is there to be told of {}: {}", e, gone.toString());
          }
        });
  }

  private static void told(Problem problem, Context context) {
    context.status(problem.kind().status());
    Routes.json(context, PROBLEM, problem.document());
  }

  private static void told(HttpResponseException e, Context context) {
    String detail = String.valueOf(e.getMessage());
    context.status(e.getStatus());
    Routes.json(
        context,
        PROBLEM,
        Json.object(
            out -> {
              out.writeStringProperty("type", "about:blank");
              out.writeNumberProperty("status", e.getStatus());
              out.writeStringProperty("detail", detail + "; see " + API + "/openapi.json");
            }));
  }

  private static void hungUp(UncheckedIOException e, Context context) {
    LOG.debug("a client went away during {}: {}", context.path(), e.getMessage());
  }

  private static void fault(Exception e, Context context) {
    LOG.error("a fault in the gateway itself at {} {}", context.method(), context.path(), e);
    told(new Problem(Problem.Kind.FAULT, e.toString()), context);
  }

  private static void openApi(Context context) {
    try (InputStream in =
        ApiServer.class.getResourceAsStream("/dev/holdfast/gateway/api/openapi.json")) {
      if (in == null) {
        throw new Problem(Problem.Kind.FAULT, "this build has no OpenAPI document");
      }
      context.contentType("application/json").result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
