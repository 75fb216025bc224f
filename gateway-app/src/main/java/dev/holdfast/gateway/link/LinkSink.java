package dev.holdfast.gateway.link;

/** Where links leave their events; the node's queue. */
@FunctionalInterface
public interface LinkSink {
  /**
   * Leaves an event. Blocks while the queue is full, so that a flood is pushed back into the socket
   * it comes from. Any thread but the node's own.
   */
  void offer(LinkEvent event);
}
