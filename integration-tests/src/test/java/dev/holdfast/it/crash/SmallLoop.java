package dev.holdfast.it.crash;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A node's loop that does no more than take bundles, in the right order or in the wrong one. */
final class SmallLoop implements LinkSink, AutoCloseable {
  /** What comes first in a turn. */
  enum Order {
    WRITE_THEN_SPEAK,
    /** The planted fault: acknowledged before it is durable. */
    SPEAK_THEN_WRITE
  }

  private final Order order;
  private final Node node;
  private final BundleStore store;
  private final GatewayClock clock;
  private final LinkDirectory links;
  private final LinkedBlockingQueue<NodeEvent> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("small-loop").unstarted(this::run);
  private volatile boolean stopped;

  SmallLoop(Order order, Node node, BundleStore store, GatewayClock clock, LinkDirectory links) {
    this.order = order;
    this.node = node;
    this.store = store;
    this.clock = clock;
    this.links = links;
  }

  void start() {
    thread.start();
  }

  @Override
  public void offer(LinkEvent event) {
    queue.add(new NodeEvent.FromLink(event));
  }

  private void run() {
    try {
      while (!stopped) {
        turn(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn(NodeEvent event) {
    Turn turn = node.on(List.of(event), clock.now());
    switch (order) {
      case WRITE_THEN_SPEAK -> {
        write(turn);
        speak(turn.effects());
      }
      case SPEAK_THEN_WRITE -> {
        speak(turn.effects());
        write(turn);
      }
    }
  }

  private void write(Turn turn) {
    if (!turn.changes().isEmpty()) {
      store.commit(turn.changes(), turn.durability());
    }
    turn.written();
  }

  private void speak(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Accept(var inbound)) {
        links.find(inbound.link()).ifPresent(link -> link.accept(List.of(inbound)));
      } else if (effect instanceof Effect.OpenLink(var name, Link.OpenOrder opened)) {
        links.find(name).ifPresent(link -> link.open(opened));
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    queue.add(new NodeEvent.Tick());
    thread.join();
  }
}
