package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.demo.View.Condition;
import dev.holdfast.gateway.demo.View.LinkState;
import dev.holdfast.gateway.demo.View.SiteState;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LiveViewTest {
  private static final DtnTime EPOCH = new DtnTime(848_000_000_000L);

  private static View view(Condition relay) {
    return new View(
        EPOCH.plus(22_345),
        EPOCH,
        List.of(
            new LinkState(Site.EARTH, Site.RELAY, true, 5_655, 14_000_000, 512),
            new LinkState(Site.RELAY, Site.MARS, false, 0, 0, 0)),
        List.of(
            new SiteState(Site.EARTH, Condition.READY, 1, 64 << 20),
            new SiteState(Site.RELAY, relay, 17, 1_234),
            new SiteState(Site.MARS, Condition.STARTING, 0, 0)),
        List.of(
            twins(Site.EARTH, OptionalLong.empty(), false),
            twins(Site.MARS, OptionalLong.of(12), true)),
        118,
        90,
        61,
        "earth took bundle 90");
  }

  private static TwinState twins(Site site, OptionalLong age, boolean inStep) {
    List<TwinConflict> conflicts =
        site == Site.MARS
            ? List.of(new TwinConflict("demo:pump", "attributes/valve", List.of()))
            : List.of();
    return new TwinState(site, new TreeMap<>(), conflicts, "root", age, inStep);
  }

  @Test
  void theScreenShowsLinksGatewaysAndCounts() {
    assertThat(String.join("\n", LiveView.lines(view(Condition.READY))))
        .isEqualTo(
            """
            +22.3 s   sent 90 of 118   delivered 61   on the way 29

              earth ====== relay  open, closes in 5.7 s     > 13.4 MiB/s  < 512 B/s
              relay -    - mars   closed

              earth  holds 1 bundle, 64 MiB
              relay  holds 17 bundles, 1.2 KiB
              mars   starting

              earth  0 twins, knows mars not yet, not in step, 0 conflicts
              mars   0 twins, knows earth as of 12 s ago, in step, 1 conflict

              earth took bundle 90""");
  }

  @Test
  void theLogLineShowsTheSameInShort() {
    assertThat(LiveView.line(view(Condition.KILLED)))
        .isEqualTo(
            "+22.3 s sent 90 of 118, delivered 61; earth-relay open; relay-mars closed;"
                + " earth holds 1; relay killed; mars starting;"
                + " earth knows mars not yet, not in step;"
                + " mars knows earth as of 12 s ago, in step");
  }

  @Test
  void theScreenKeepsItsHeight() {
    assertThat(LiveView.lines(view(Condition.KILLED)))
        .hasSameSizeAs(LiveView.lines(view(Condition.READY)))
        .contains("  relay  killed with SIGKILL, coming back");
  }
}
