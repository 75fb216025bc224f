package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast.Cause;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.Congestion;
import dev.holdfast.gateway.turn.NodeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ForecastApiTest {
  private static final DtnTime NOW = new DtnTime(1_000_000);
  private static final Contact CONTACT =
      Contact.of(NodeNumber.of(1), NodeNumber.of(2), NOW.plus(50_000), NOW.plus(60_000), 1_000, 0);

  @Test
  void aRunningGatewayForesees(@TempDir Path directory) throws IOException {
    try (SmallGateway gateway = new SmallGateway(directory)) {
      assertThat(gateway.get("/api/v1/forecast").json().get("state").asString())
          .isEqualTo("unknown");
      gateway.post("/api/v1/bundles?to=ipn:3.1&class=bulk&lifetime=1m", "light takes ten minutes");
      await().until(() -> !gateway.get("/api/v1/forecast").json().get("undelivered").isEmpty());
      JsonNode forecast = gateway.get("/api/v1/forecast").json();
      assertThat(forecast.get("state").asString()).isEqualTo("clear");
      assertThat(forecast.get("store").get("limit_bytes").asLong()).isEqualTo(64L << 30);
      assertThat(forecast.get("store").get("overflows").isNull()).isTrue();
      JsonNode undelivered = forecast.get("undelivered").get(0);
      assertThat(undelivered.get("to").asString()).isEqualTo("ipn:3.0");
      assertThat(undelivered.get("cause").asString()).isEqualTo("too_late");
      JsonNode traffic = forecast.get("traffic").get(0);
      assertThat(traffic.get("to").asString()).isEqualTo("ipn:3.0");
      assertThat(traffic.get("class").asString()).isEqualTo("bulk");
      assertThat(traffic.get("bundles_per_second").asDouble()).isPositive();
      assertThat(gateway.get("/api/v1/status").json().get("forecast").get("state").asString())
          .isEqualTo("clear");
      assertThat(gateway.get("/metrics").body().lines())
          .contains("holdfast_forecast_congestion 0")
          .anyMatch(
              line -> line.startsWith("holdfast_forecast_undelivered_bytes{region=\"ipn:3.0\"}"))
          .noneMatch(line -> line.startsWith("holdfast_forecast_store_overflow_seconds "));
    }
  }

  @Test
  void whatOverflowsIsMeasured() {
    Congestion congestion =
        new Congestion(
            Congestion.State.CONGESTED,
            Optional.of(NOW),
            Optional.of(NOW.plus(100_000)),
            Optional.of(
                new Congestion.StoreLevel(
                    1_000, 1_200, NOW.plus(40_000), Optional.of(NOW.plus(30_000)))),
            List.of(
                new Congestion.FullContact(
                    NodeId.ipn(2), CONTACT, NOW.plus(20_000), 9_900, 30, 70)),
            List.of(
                new Congestion.Undelivered(
                    NodeId.ipn(7), Cause.NO_ROOM, 2, 70, NOW.plus(20_000), Optional.of(CONTACT))),
            List.of());
    Exposition out = new Exposition();
    ForecastMetrics.write(out, status(congestion, NOW.plus(5_000)));
    assertThat(out.toString().lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "holdfast_forecast_timestamp_seconds 946685800",
            "holdfast_forecast_congestion 1",
            "holdfast_forecast_store_overflow_seconds 25",
            "holdfast_forecast_store_peak_bytes 1200",
            "holdfast_forecast_store_limit_bytes 1000",
            "holdfast_forecast_contact_overflow_seconds{link=\"relay\"} 15",
            "holdfast_forecast_contact_excess_bytes{link=\"relay\"} 100",
            "holdfast_forecast_undelivered_bytes{region=\"ipn:7.0\"} 70");
    String json = Json.object(generator -> ForecastView.all(generator, congestion));
    assertThat(Contract.read().check("GET", "/api/v1/forecast", 200, "application/json", json))
        .isEmpty();
    Exposition nothing = new Exposition();
    ForecastMetrics.write(nothing, status(Congestion.none(Congestion.State.UNKNOWN), NOW));
    assertThat(nothing.toString()).isEmpty();
  }

  private static NodeStatus status(Congestion congestion, DtnTime now) {
    NodeStatus.LinkStatus link =
        new NodeStatus.LinkStatus(
            new LinkId("relay"),
            Optional.of(NodeId.ipn(2)),
            NodeStatus.LinkState.DOWN_PLANNED,
            "",
            now,
            0,
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty());
    return new NodeStatus(
        new Moment(0, now, 0, true),
        List.of(NodeId.ipn(1)),
        List.of(link),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        1,
        new NodeStatus.PlanOutlook(Optional.empty(), NodeStatus.PlanState.LASTS),
        congestion,
        new NodeStatus.Encounters(List.of(), new LinkedHashMap<>(), 0, 0),
        true);
  }
}
