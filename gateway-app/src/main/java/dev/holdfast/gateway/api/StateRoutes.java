package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Hop;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.custody.StoreStats;
import dev.holdfast.gateway.config.RouteConfig;
import dev.holdfast.gateway.turn.NodeStatus;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** How the gateway is: links, contacts, routes, queues, counters and configuration. */
final class StateRoutes {
  private final NodeAccess node;
  private final Operations operations;

  StateRoutes(NodeAccess node, Operations operations) {
    this.node = node;
    this.operations = operations;
  }

  void status(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    StoreStats store = node.store().stats();
    Routes.json(
        context,
        Json.object(
            out -> {
              Json.texts(out, "nodes", status.nodes());
              out.writeBooleanProperty("accepting", status.accepting());
              out.writeNumberProperty("plan_version", status.planVersion());
              Json.time(out, "plan_ends", status.outlook().ends());
              out.writeStringProperty("plan_state", Json.code(status.outlook().state()));
              ForecastView.summary(out, status.congestion());
              out.writeObjectPropertyStart("clock");
              Json.time(out, "wall", status.at().wall());
              out.writeNumberProperty("error_ms", status.at().wallErrorMillis());
              out.writeBooleanProperty("trusted", status.at().trusted());
              out.writeEndObject();
              out.writeObjectPropertyStart("store");
              out.writeNumberProperty("bundles", store.bundles());
              out.writeNumberProperty("bytes", store.bytes());
              out.writeNumberProperty("remembered", store.remembered());
              out.writeNumberProperty("records_about", store.records().count());
              out.writeNumberProperty("record_bytes_about", store.records().bytes());
              out.writeNumberProperty("disk_bytes", store.diskBytes());
              out.writeEndObject();
            }));
  }

  void links(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    Routes.json(
        context,
        Json.object(out -> Json.list(out, "links", status.links(), each -> Views.link(out, each))));
  }

  void contacts(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    Routes.json(
        context,
        Json.object(
            out ->
                Json.list(out, "contacts", status.contacts(), each -> Views.contact(out, each))));
  }

  void forecast(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    Routes.json(context, Json.object(out -> ForecastView.all(out, status.congestion())));
  }

  void queue(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    Routes.json(
        context,
        Json.object(
            out -> Json.list(out, "queues", status.queues(), each -> Views.queue(out, each))));
  }

  void encounters(Context context) {
    new Parameters(context).end();
    NodeStatus.Encounters encounters = node.look().encounters();
    Routes.json(
        context,
        Json.object(
            out -> {
              Json.list(out, "present", encounters.present(), each -> Views.encounter(out, each));
              Json.list(
                  out,
                  "predictabilities",
                  encounters.predictabilities().entrySet(),
                  each -> {
                    out.writeStringProperty("node", each.getKey().toString());
                    out.writeNumberProperty("value", each.getValue());
                  });
              out.writeNumberProperty("kept_bundles", encounters.keptBundles());
              out.writeNumberProperty("kept_bytes", encounters.keptBytes());
            }));
  }

  void counters(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    Routes.json(
        context,
        Json.object(
            out ->
                status
                    .counters()
                    .forEach((name, count) -> out.writeNumberProperty(Json.code(name), count))));
  }

  /** The static routes, and with {@code to} the way a bundle would take now. */
  void routes(Context context) {
    Parameters query = new Parameters(context);
    Optional<Eid> to = query.endpoint("to");
    long size = query.value("size", Units::size).orElse(0L);
    query.end();
    List<RouteConfig> fixed = operations.config().get().routes();
    NodeStatus status = node.look();
    Routes.json(
        context,
        Json.object(
            out -> {
              Json.list(
                  out,
                  "static",
                  fixed,
                  route -> {
                    out.writeStringProperty("to", route.to().toString());
                    out.writeStringProperty("via", route.via().name());
                  });
              to.ifPresent(eid -> way(out, eid, size, status));
            }));
  }

  private void way(JsonGenerator out, Eid to, long size, NodeStatus status) {
    out.writeObjectPropertyStart("way");
    out.writeStringProperty("to", to.toString());
    Optional<RouteConfig> fixed =
        operations.config().get().routes().stream().filter(r -> r.to().matches(to)).findFirst();
    if (to.nodeId().filter(status.nodes()::contains).isPresent()) {
      out.writeStringProperty("kind", "local");
      out.writeStringProperty("because", to + " is an endpoint of this node");
    } else if (fixed.isPresent()) {
      out.writeStringProperty("kind", "static");
      out.writeStringProperty("via", fixed.get().via().name());
      out.writeStringProperty("because", "the static route to " + fixed.get().to() + " matches");
    } else {
      planned(out, to, size, status);
    }
    out.writeEndObject();
  }

  private void planned(JsonGenerator out, Eid to, long size, NodeStatus status) {
    ContactPlan plan = operations.plan().plan();
    Optional<NodeNumber> from =
        status.nodes().stream().flatMap(n -> number(n).stream()).findFirst();
    Optional<NodeNumber> target = to.nodeId().flatMap(StateRoutes::number);
    Optional<Route> route =
        from.isEmpty() || target.isEmpty()
            ? Optional.empty()
            : new EarliestArrival(plan)
                .route(RouteQuery.of(from.get(), target.get(), status.at().wall(), size));
    if (route.isEmpty()) {
      out.writeStringProperty("kind", "none");
      out.writeStringProperty("because", none(plan, from, target, to));
      return;
    }
    out.writeStringProperty("kind", "planned");
    out.writeStringProperty("because", "earliest arrival by plan version " + plan.version());
    Json.time(out, "arrival", route.get().arrival());
    out.writeNumberProperty("volume_left_bytes", route.get().volumeLeft());
    Json.list(out, "hops", route.get().hops(), hop -> hop(out, hop));
  }

  private static String none(
      ContactPlan plan, Optional<NodeNumber> from, Optional<NodeNumber> target, Eid to) {
    if (from.isEmpty()) {
      return "the plan knows nodes by ipn number, and this gateway has none";
    }
    if (target.isEmpty()) {
      return "the plan knows nodes by ipn number; a static route can lead to " + to;
    }
    return plan.knows(target.get())
        ? "no contacts of plan version " + plan.version() + " lead there from now on"
        : "plan version " + plan.version() + " does not know node " + target.get();
  }

  private static void hop(JsonGenerator out, Hop hop) {
    Views.planned(out, hop.contact());
    Json.time(out, "first_byte", hop.firstByte());
    Json.time(out, "last_byte", hop.lastByte());
    Json.time(out, "arrival", hop.arrival());
  }

  private static Optional<NodeNumber> number(NodeId node) {
    return node.eid() instanceof IpnEid ipn
        ? Optional.of(NodeNumber.of(ipn.qualifiedNode()))
        : Optional.empty();
  }

  void config(Context context) {
    new Parameters(context).end();
    Routes.json(context, ConfigView.document(operations.config().get()));
  }

  void reload(Context context) {
    new Parameters(context).end();
    Operations.Reloaded result = operations.reload().get();
    if (!result.good()) {
      throw Problem.invalid(result.lines().getFirst());
    }
    Routes.json(context, Json.object(out -> Json.texts(out, "lines", result.lines())));
  }
}
