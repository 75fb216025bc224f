package dev.holdfast.contacts.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Sums up a trace while it is read. What it needs grows with the number of links only. For one
 * thread.
 */
public final class TraceSummary {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Comparator<LinkSummary> BY_NAME =
      Comparator.comparing(LinkSummary::from).thenComparing(LinkSummary::to);

  /** One link so far. */
  private static final class Link {
    private boolean up;
    private long since;
    private long rate;
    private long ups;
    private long upNanos;
    private long resets;
    private double rateBytes;
    private long opportunityBytes;
    private long transfers;
    private long transferBytes;

    /** Counts the time up to an event, for which the rate was the same. */
    void until(long nanos) {
      if (up) {
        upNanos += nanos - since;
        rateBytes += rate * ((nanos - since) / NANOS_PER_SECOND);
      }
      since = nanos;
    }

    void on(LinkChange change) {
      switch (change) {
        case LinkChange.Up now -> {
          up = true;
          ups++;
          rate = now.bytesPerSecond().orElse(rate);
        }
        case LinkChange.Down _ -> up = false;
        case LinkChange.Rate(long bytesPerSecond) -> rate = bytesPerSecond;
        case LinkChange.Reset() -> resets++;
        case LinkChange.Opportunity(long bytes) -> opportunityBytes += bytes;
        case LinkChange.Transfer(String _, long bytes, long _) -> {
          transfers++;
          transferBytes += bytes;
        }
        case LinkChange.Delay _, LinkChange.Loss _ -> {}
      }
    }
  }

  private final Map<String, Map<String, Link>> links = new HashMap<>();
  private long events;
  private long first;
  private long last;

  /** Counts an event; they come in the order of the trace. */
  public void add(TraceEvent event) {
    first = events == 0 ? event.nanos() : first;
    last = event.nanos();
    events++;
    Map<String, Link> receivers = links.computeIfAbsent(event.from(), _ -> new HashMap<>());
    Link link = receivers.computeIfAbsent(event.to(), _ -> new Link());
    link.until(event.nanos());
    link.on(event.change());
  }

  /** How many events there are. */
  public long events() {
    return events;
  }

  /** When the first event is, in nanoseconds since the start of the trace. */
  public long firstNanos() {
    return first;
  }

  /** When the last event is, in nanoseconds since the start of the trace. */
  public long lastNanos() {
    return last;
  }

  /** The names of all nodes, in lexical order. */
  public List<String> nodes() {
    TreeSet<String> nodes = new TreeSet<>(links.keySet());
    links.values().forEach(receivers -> nodes.addAll(receivers.keySet()));
    return List.copyOf(nodes);
  }

  /** All links, by the names of sender and receiver. */
  public List<LinkSummary> links() {
    List<LinkSummary> all = new ArrayList<>();
    links.forEach(
        (from, receivers) ->
            receivers.forEach((to, link) -> all.add(summary(from, to, link, last))));
    all.sort(BY_NAME);
    return List.copyOf(all);
  }

  private static LinkSummary summary(String from, String to, Link link, long end) {
    link.until(end);
    return new LinkSummary(
        from,
        to,
        link.ups,
        link.upNanos,
        link.resets,
        Math.round(link.rateBytes),
        link.opportunityBytes,
        link.transfers,
        link.transferBytes);
  }
}
