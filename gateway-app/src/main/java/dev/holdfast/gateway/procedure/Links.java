package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.turn.LinkSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All links the node knows, by name: the configured ones, and neighbours that came without being
 * configured.
 */
public final class Links {
  private static final int MOST_UNCONFIGURED = 1024;

  private final Map<LinkId, Egress> links = new TreeMap<>();
  private int unconfigured;

  /** The configured links. */
  public Links(List<LinkSettings> settings) {
    for (LinkSettings link : settings) {
      links.put(link.link(), new Egress(link));
    }
  }

  /** The link of that name. */
  public Optional<Egress> find(LinkId link) {
    return Optional.ofNullable(links.get(link));
  }

  /** The link of that name; a neighbour that is not configured is always open while it is there. */
  public Optional<Egress> findOrAdd(LinkId link, Optional<NodeId> peer) {
    Egress known = links.get(link);
    if (known == null && unconfigured < MOST_UNCONFIGURED) {
      unconfigured++;
      known = Egress.unconfigured(link, peer);
      links.put(link, known);
    }
    return Optional.ofNullable(known);
  }

  /** Forgets a neighbour that was not configured and is gone. */
  public void forget(LinkId link) {
    if (links.remove(link) != null) {
      unconfigured--;
    }
  }

  /** Every link, by name. */
  public Collection<Egress> all() {
    return links.values();
  }
}
