package dev.holdfast.gateway.api;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.config.EndpointsConfig;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.LinkConfig;
import dev.holdfast.gateway.config.OpportunisticConfig;
import dev.holdfast.gateway.config.RecordConfig;
import dev.holdfast.gateway.config.StoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The configuration in force, with the keys and units of the file and every default filled in. */
final class ConfigView {
  private ConfigView() {}

  static String document(GatewayConfig config) {
    return Json.object(
        out -> {
          out.writeStringProperty("node", config.node().toString());
          Json.texts(out, "alsoKnownAs", config.alsoKnownAs());
          store(out, config.store());
          times(out, config);
          opportunistic(out, config.opportunistic());
          listen(out, config);
          Json.list(out, "links", config.links(), link -> link(out, link));
          Json.list(
              out,
              "routes",
              config.routes(),
              route -> {
                out.writeStringProperty("to", route.to().toString());
                out.writeStringProperty("via", route.via().name());
              });
          endpoints(out, config.endpoints());
          service(out, config);
          out.writeObjectPropertyStart("log");
          out.writeStringProperty("level", spelled(config.log().level()));
          out.writeStringProperty("format", spelled(config.log().format()));
          out.writeEndObject();
          record(out, config.record());
        });
  }

  private static void record(JsonGenerator out, RecordConfig record) {
    out.writeObjectPropertyStart("record");
    record
        .directory()
        .ifPresent(directory -> out.writeStringProperty("directory", directory.toString()));
    out.writeStringProperty("fileSize", record.fileBytes() + "B");
    out.writeNumberProperty("files", record.files());
    out.writeEndObject();
  }

  private static void store(JsonGenerator out, StoreConfig store) {
    out.writeObjectPropertyStart("store");
    out.writeStringProperty("directory", store.directory().toString());
    out.writeStringProperty("maxBytes", store.maxBytes() + "B");
    out.writeNumberProperty("maxBundles", store.maxBundles());
    out.writeStringProperty("maxLifetime", Units.text(store.maxLifetime()));
    out.writeStringProperty("spoolThreshold", store.spoolThreshold() + "B");
    out.writeNumberProperty("loadedPerQueue", store.loadedPerQueue());
    out.writeStringProperty("rememberFor", Units.text(store.rememberFor()));
    out.writeStringProperty("minFree", store.minFree() + "B");
    out.writeStringProperty("cache", store.cache() + "B");
    out.writeNumberProperty("maxRemembered", store.maxRemembered());
    out.writeEndObject();
  }

  private static void times(JsonGenerator out, GatewayConfig config) {
    out.writeObjectPropertyStart("clock");
    out.writeStringProperty("assumedError", Units.text(config.clock().assumedError()));
    out.writeStringProperty("maxError", Units.text(config.clock().maxError()));
    out.writeStringProperty("acceptStepAfter", Units.text(config.clock().acceptStepAfter()));
    out.writeEndObject();
    config
        .plan()
        .ifPresent(
            plan -> {
              out.writeObjectPropertyStart("plan");
              out.writeStringProperty("file", plan.file().toString());
              out.writeStringProperty("format", spelled(plan.format()));
              out.writeStringProperty("epoch", plan.epoch().map(Object::toString).orElse("start"));
              out.writeNumberProperty("keepVersions", plan.keepVersions());
              out.writeStringProperty("horizon", Units.text(plan.horizon()));
              out.writeEndObject();
            });
    out.writeObjectPropertyStart("contacts");
    out.writeBooleanProperty("openOnUntrustedClock", config.contacts().openOnUntrustedClock());
    out.writeStringProperty("drainGrace", Units.text(config.contacts().drainGrace()));
    out.writeStringProperty("missedAfter", Units.text(config.contacts().missedAfter()));
    out.writeNumberProperty("overheadPercent", config.contacts().overheadPercent());
    out.writeStringProperty("leastFragment", config.contacts().leastFragment() + "B");
    out.writeStringProperty("owltMargin", Units.text(config.contacts().owltMargin()));
    out.writeNumberProperty("owltMarginPpm", config.contacts().owltMarginPpm());
    out.writeObjectPropertyStart("forecast");
    out.writeStringProperty("horizon", Units.text(config.contacts().forecast().horizon()));
    out.writeStringProperty("every", Units.text(config.contacts().forecast().every()));
    out.writeStringProperty("window", Units.text(config.contacts().forecast().window()));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void opportunistic(JsonGenerator out, OpportunisticConfig config) {
    out.writeObjectPropertyStart("opportunistic");
    Json.list(
        out,
        "policies",
        config.policies(),
        policy -> {
          out.writeStringProperty("to", policy.to().toString());
          out.writeStringProperty("method", spelled(policy.method()));
          out.writeNumberProperty("copies", policy.copies());
          out.writeStringProperty("when", spelled(policy.when()));
        });
    out.writeStringProperty("bytesPerExchange", config.bytesPerExchange() + "B");
    out.writeStringProperty("kept", config.kept() + "B");
    out.writeNumberProperty("summaryBundles", config.summaryBundles());
    out.writeNumberProperty("nodes", config.nodes());
    out.writeStringProperty("exchangeEvery", Units.text(config.exchangeEvery()));
    out.writeStringProperty("summaryWait", Units.text(config.summaryWait()));
    OpportunisticConfig.Prophet prophet = config.prophet();
    out.writeObjectPropertyStart("prophet");
    out.writeNumberProperty("encounterMax", prophet.encounterMax());
    out.writeNumberProperty("encounterFirst", prophet.encounterFirst());
    out.writeNumberProperty("firstThreshold", prophet.firstThreshold());
    out.writeNumberProperty("beta", prophet.beta());
    out.writeNumberProperty("gamma", prophet.gamma());
    out.writeNumberProperty("delta", prophet.delta());
    out.writeStringProperty("timeUnit", Units.text(prophet.timeUnit()));
    out.writeStringProperty("typicalInterval", Units.text(prophet.typicalInterval()));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void listen(JsonGenerator out, GatewayConfig config) {
    out.writeObjectPropertyStart("listen");
    config
        .listen()
        .tcpcl()
        .ifPresent(
            tcpcl -> {
              out.writeObjectPropertyStart("tcpcl");
              out.writeStringProperty("address", tcpcl.address().toString());
              out.writeStringProperty("unknownPeers", spelled(tcpcl.unknownPeers()));
              out.writeNumberProperty("maxSessions", tcpcl.maxSessions());
              out.writeEndObject();
            });
    config
        .listen()
        .mtcp()
        .ifPresent(
            mtcp -> {
              out.writeObjectPropertyStart("mtcp");
              out.writeStringProperty("address", mtcp.address().toString());
              out.writeNumberProperty("maxSessions", mtcp.maxSessions());
              out.writeEndObject();
            });
    out.writeEndObject();
  }

  private static void link(JsonGenerator out, LinkConfig link) {
    out.writeStringProperty("name", link.name().name());
    out.writeStringProperty("type", spelled(link.type()));
    out.writeStringProperty("peer", link.peer().toString());
    link.dial().ifPresent(dial -> out.writeStringProperty("dial", dial.toString()));
    out.writeStringProperty("schedule", spelled(link.schedule()));
    if (link.rate() > 0) {
      out.writeStringProperty("rate", link.rate() + "B/s");
    }
    Json.texts(out, "leniencies", leniencies(link));
    switch (link.type()) {
      case TCPCL -> tcpcl(out, link.tcpcl());
      case MTCP -> out.writeStringProperty("confirmation", spelled(link.confirmation()));
    }
    out.writeObjectPropertyStart("backOff");
    out.writeStringProperty("first", Units.text(link.backOff().first()));
    out.writeStringProperty("max", Units.text(link.backOff().max()));
    out.writeEndObject();
  }

  private static List<String> leniencies(LinkConfig link) {
    List<String> names = new ArrayList<>();
    link.leniencies().forEach(each -> names.add(each.label()));
    link.tcpcl().leniencies().forEach(each -> names.add(spelled(each)));
    return names;
  }

  private static void tcpcl(JsonGenerator out, LinkConfig.Tcpcl tcpcl) {
    out.writeBooleanProperty("urgentSession", tcpcl.urgentSession());
    out.writeStringProperty("keepalive", Units.text(tcpcl.keepalive()));
    out.writeStringProperty("segmentMru", tcpcl.segmentMru() + "B");
    out.writeStringProperty("transferMru", tcpcl.transferMru() + "B");
    out.writeNumberProperty("maxTransfers", tcpcl.maxTransfers());
    out.writeStringProperty("maxInFlight", tcpcl.maxInFlight() + "B");
  }

  private static void endpoints(JsonGenerator out, EndpointsConfig endpoints) {
    out.writeObjectPropertyStart("endpoints");
    Json.texts(out, "register", endpoints.register());
    Json.texts(out, "echo", endpoints.echo());
    out.writeEndObject();
  }

  private static void service(JsonGenerator out, GatewayConfig config) {
    out.writeObjectPropertyStart("defaults");
    out.writeStringProperty("lifetime", Units.text(config.defaults().lifetime()));
    out.writeNumberProperty("hopLimit", config.defaults().hopLimit());
    out.writeStringProperty("class", spelled(config.defaults().trafficClass()));
    out.writeEndObject();
    out.writeObjectPropertyStart("reports");
    Json.texts(out, "allow", config.reports().allow().stream().map(ConfigView::spelled).toList());
    out.writeNumberProperty("perSecond", config.reports().perSecond());
    out.writeEndObject();
    out.writeNumberProperty("trafficBlockType", config.trafficBlockType());
    out.writeObjectPropertyStart("api");
    out.writeStringProperty("address", config.api().address().map(Object::toString).orElse("off"));
    out.writeStringProperty("maxUpload", config.api().maxUpload() + "B");
    out.writeBooleanProperty("metrics", config.api().metrics());
    out.writeNumberProperty("journal", config.api().journal());
    out.writeEndObject();
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
