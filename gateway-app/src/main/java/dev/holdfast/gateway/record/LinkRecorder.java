package dev.holdfast.gateway.record;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.config.RecordConfig;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Stands between the links and the node and notes when each neighbour could be heard, at what rate,
 * and which bundles crossed when. Never makes a link or the node wait: what cannot be written in
 * time is counted and left out. Any thread.
 */
public final class LinkRecorder implements AutoCloseable {
  private final String self;
  private final GatewayClock clock;
  private final TraceWriter writer;
  private final Map<LinkId, Known> links = new ConcurrentHashMap<>();

  /** What is known of a link. */
  private static final class Known {
    private volatile String peer;
    private volatile long rate;
    private final Map<TransferToken, Sent> sending = new ConcurrentHashMap<>();

    Known(String peer) {
      this.peer = peer;
    }
  }

  private record Sent(String bundle, long bytes, long nanos) {}

  private LinkRecorder(String self, GatewayClock clock, TraceWriter writer) {
    this.self = self;
    this.clock = clock;
    this.writer = writer;
  }

  /**
   * A recorder at work.
   *
   * @param node who this gateway is
   * @param config where to; its directory is there
   * @param clock times are from its monotonic side
   * @param fatal told of failures that are ours; the gateway stops on them
   * @throws IOException if nothing can be written there
   */
  public static LinkRecorder start(
      NodeId node, RecordConfig config, GatewayClock clock, Consumer<Throwable> fatal)
      throws IOException {
    return new LinkRecorder(name(node), clock, TraceWriter.start(config, clock, fatal));
  }

  /** How traces call a node: by its number, or by its name. */
  static String name(NodeId node) {
    String text =
        node.eid() instanceof IpnEid ipn
            ? Long.toString(ipn.qualifiedNode())
            : node.toString().replaceFirst("^dtn://", "").replaceFirst("/$", "");
    return cleaned(text);
  }

  private static String cleaned(String text) {
    return text.replaceAll("[^A-Za-z0-9._:-]", "_");
  }

  /** What links tell goes by here to where it went before. */
  public LinkSink before(LinkSink node) {
    return event -> {
      note(event);
      node.offer(event);
    };
  }

  /** What the node gives a link goes by here. */
  public Link around(Link link) {
    return new RecordedLink(link, this);
  }

  private Known known(LinkId link) {
    return links.computeIfAbsent(link, id -> new Known(cleaned(id.name())));
  }

  /** A link is told to open, at that rate. */
  void opening(LinkId link, long bytesPerSecond) {
    known(link).rate = bytesPerSecond;
  }

  /** A bundle is handed to a link. */
  void sending(LinkId link, Outbound bundle) {
    known(link)
        .sending
        .put(
            bundle.token(),
            new Sent(
                bundle.head().id().toString(),
                bundle.head().bundleLength(),
                clock.now().bootNanos()));
  }

  private void note(LinkEvent event) {
    Known link = known(event.link());
    long now = clock.now().bootNanos();
    switch (event) {
      case LinkEvent.Up up -> {
        up.peer().ifPresent(peer -> link.peer = name(peer));
        long rate = link.rate;
        LinkChange change =
            new LinkChange.Up(
                rate > 0 ? OptionalLong.of(rate) : OptionalLong.empty(), OptionalLong.empty());
        writer.add(now, self, link.peer, change);
        writer.add(
            now, link.peer, self, new LinkChange.Up(OptionalLong.empty(), OptionalLong.empty()));
      }
      case LinkEvent.Down _ -> {
        link.sending.clear();
        writer.add(now, self, link.peer, new LinkChange.Down(true));
        writer.add(now, link.peer, self, new LinkChange.Down(true));
      }
      case LinkEvent.Arrived arrived ->
          crossed(
              link.peer, self, arrived.head().id().toString(), arrived.head().bundleLength(), now);
      case LinkEvent.Sent(var _, var token) -> sent(link, token, now);
      case LinkEvent.Confirmed(var _, var token) -> sent(link, token, now);
      case LinkEvent.Failed(var _, var token, var _) -> link.sending.remove(token);
      case LinkEvent.Unreached _, LinkEvent.Malformed _, LinkEvent.Violated _ -> {}
    }
  }

  private void sent(Known link, TransferToken token, long now) {
    Optional.ofNullable(link.sending.remove(token))
        .ifPresent(s -> crossed(self, link.peer, s.bundle, s.bytes, Math.max(s.nanos, now)));
  }

  private void crossed(String from, String to, String bundle, long bytes, long now) {
    writer.add(now, from, to, new LinkChange.Transfer(bundle.replace(' ', '_'), bytes, now));
  }

  /** Writes what there is and ends. */
  @Override
  public void close() {
    writer.close();
  }
}
