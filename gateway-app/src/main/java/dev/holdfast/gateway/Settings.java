package dev.holdfast.gateway;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.gateway.config.ContactsConfig;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.LinkConfig;
import dev.holdfast.gateway.config.OpportunisticConfig;
import dev.holdfast.gateway.config.ReportsConfig;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the configuration says to the node. */
final class Settings {
  private Settings() {}

  static NodeSettings of(GatewayConfig config) {
    List<NodeId> nodes = new ArrayList<>(List.of(config.node()));
    nodes.addAll(config.alsoKnownAs());
    return new NodeSettings(
        nodes,
        config.links().stream().map(Settings::link).toList(),
        config.routes().stream()
            .map(route -> new NodeSettings.StaticRoute(route.to(), route.via()))
            .toList(),
        config.endpoints().echo().stream().map(Settings::service).toList(),
        config.endpoints().register(),
        new NodeSettings.ReportSettings(allowed(config.reports()), config.reports().perSecond()),
        new NodeSettings.HoldLimits(
            config.store().maxBytes(),
            config.store().maxBundles(),
            unlessZero(config.store().maxLifetime()),
            config.store().loadedPerQueue(),
            unlessZero(config.store().rememberFor())),
        new NodeSettings.ContactSettings(
            config.contacts().openOnUntrustedClock(),
            config.contacts().drainGrace().toMillis(),
            config.contacts().missedAfter().toMillis(),
            config.contacts().overheadPercent(),
            config.contacts().leastFragment(),
            config.plan().map(plan -> plan.horizon().toMillis()).orElse(0L),
            config.contacts().margin(),
            forecast(config.contacts().forecast())),
        opportunistic(config.opportunistic()),
        config.trafficBlockType());
  }

  private static NodeSettings.ForecastSettings forecast(ContactsConfig.Forecast forecast) {
    return new NodeSettings.ForecastSettings(
        forecast.horizon().toMillis(), forecast.every().toMillis(), forecast.window().toMillis());
  }

  private static OpportunisticSettings opportunistic(OpportunisticConfig config) {
    OpportunisticConfig.Prophet prophet = config.prophet();
    return new OpportunisticSettings(
        config.policies().stream().map(Settings::policy).toList(),
        new OpportunisticSettings.SpreadLimits(
            config.bytesPerExchange(),
            config.kept(),
            config.summaryBundles(),
            config.nodes(),
            config.exchangeEvery().toMillis(),
            config.summaryWait().toMillis()),
        new OpportunisticSettings.Prophet(
            prophet.encounterMax(),
            prophet.encounterFirst(),
            prophet.firstThreshold(),
            prophet.beta(),
            prophet.gamma(),
            prophet.delta(),
            prophet.timeUnit().toMillis(),
            prophet.typicalInterval().toMillis()));
  }

  private static OpportunisticSettings.Policy policy(OpportunisticConfig.Policy policy) {
    return new OpportunisticSettings.Policy(
        policy.to(),
        switch (policy.method()) {
          case EPIDEMIC -> OpportunisticSettings.Method.EPIDEMIC;
          case PROPHET -> OpportunisticSettings.Method.PROPHET;
          case SPRAY -> OpportunisticSettings.Method.SPRAY;
        },
        policy.copies(),
        policy.when() == OpportunisticConfig.When.ALWAYS);
  }

  private static LinkSettings link(LinkConfig link) {
    return new LinkSettings(
        link.name(),
        Optional.of(link.peer()),
        switch (link.schedule()) {
          case PLAN -> LinkSettings.Schedule.PLAN;
          case ALWAYS -> LinkSettings.Schedule.ALWAYS;
          case DISABLED -> LinkSettings.Schedule.DISABLED;
        },
        link.rate(),
        switch (link.type()) {
          case TCPCL -> Link.Confirmation.STORED;
          case MTCP -> Link.Confirmation.NONE;
        },
        link.confirmation() == LinkConfig.Confirmation.ASSUME,
        link.tcpcl().maxInFlight());
  }

  /** Zero stands for no limit. */
  private static long unlessZero(Duration limit) {
    return limit.isZero() ? Long.MAX_VALUE : limit.toMillis();
  }

  private static String service(Eid endpoint) {
    return switch (endpoint) {
      case IpnEid ipn -> Long.toUnsignedString(ipn.service());
      case DtnEid dtn -> dtn.demux();
      case NullEid _, UnknownEid _ ->
          throw new IllegalArgumentException("no echo service: " + endpoint);
    };
  }

  private static long allowed(ReportsConfig reports) {
    long flags = 0;
    for (ReportsConfig.Kind kind : reports.allow()) {
      flags |=
          switch (kind) {
            case RECEPTION -> BundleFlags.REPORT_RECEPTION;
            case FORWARDING -> BundleFlags.REPORT_FORWARDING;
            case DELIVERY -> BundleFlags.REPORT_DELIVERY;
            case DELETION -> BundleFlags.REPORT_DELETION;
          };
    }
    return flags;
  }
}
