package dev.holdfast.gateway.demo;

import dev.holdfast.gateway.demo.View.Condition;
import dev.holdfast.gateway.demo.View.SiteState;
import java.io.IOException;
import java.util.List;

/** Watches one gateway through its API: its journal and what it holds. One thread asks. */
final class Watcher {
  private final GatewayApi api;
  private final Site site;
  private final Journals journals;
  private long lastEvent;
  private volatile boolean killed;
  private volatile SiteState state;

  Watcher(Site site, GatewayApi api, Journals journals) {
    this.site = site;
    this.api = api;
    this.journals = journals;
    this.state = new SiteState(site, Condition.STARTING, 0, 0);
  }

  /** What is known of it. Any thread. */
  SiteState state() {
    return state;
  }

  /** Looks once; says nothing if the gateway does not answer. */
  void look() {
    if (killed) {
      killed = false;
      lastEvent = 0;
    }
    try {
      List<GatewayApi.Event> events = api.events(lastEvent);
      while (!events.isEmpty()) {
        events.forEach(event -> journals.add(site, event));
        lastEvent = events.getLast().number();
        events = api.events(lastEvent);
      }
      GatewayApi.Holding holding = api.holding();
      state = new SiteState(site, Condition.READY, holding.bundles(), holding.bytes());
    } catch (IOException notThere) {
      // It was killed, or starts; what is known of it stays until it answers again.
    }
  }

  /** It was killed: its journal begins anew. Any thread. */
  void killed() {
    killed = true;
    state = new SiteState(site, Condition.KILLED, state.bundles(), state.bytes());
  }
}
