package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.link.LinkEvent;

/** Who is at one end of a link: a real node, one that lies, or one that does what was recorded. */
public sealed interface LinkOwner permits SimNode, HostileNode, RecordedNode {
  /** Its name in the world. */
  String name();

  /** Who it says it is. */
  NodeId nodeId();

  /** Whether it runs. */
  boolean isAlive();

  /** Its link tells something. */
  void happen(LinkEvent event);

  /** It has that link from now on. */
  void add(SimLink link);
}
