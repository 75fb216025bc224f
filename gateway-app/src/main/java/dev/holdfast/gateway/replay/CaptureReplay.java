package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replays a capture against a gateway, in virtual time: one node of the capture is a real gateway
 * with an empty store, each of its neighbours sends what it sent then and when it sent it, and
 * links are up and down as they were.
 *
 * <p>What the applications of that node sent is not sent again, for nobody knows when they asked
 * for it; replay the other side for that. What the node forwarded in truth it forwards now to the
 * same neighbours: a static route to each destination is taken from the capture.
 *
 * <p>Rates of the capture are not used: what was sent comes at the times at which it had crossed,
 * and so its rates are in it.
 */
public final class CaptureReplay {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Path file;
  private final String gateway;
  private final SortedMap<String, NodeId> ids = new TreeMap<>();
  private CaptureOptions options = CaptureOptions.DEFAULT;
  private ReadOptions reading = ReadOptions.STORED;
  private Duration margin = MARGIN;

  private CaptureReplay(Path file, String gateway) {
    this.file = file;
    this.gateway = gateway;
  }

  /**
   * A replay of a capture.
   *
   * @param file pcap or pcapng
   * @param gateway the node to be a real gateway, by its name in the capture: the number of an
   *     {@code ipn} node, the name of a {@code dtn} node
   */
  public static CaptureReplay of(Path file, String gateway) {
    return new CaptureReplay(file, gateway);
  }

  /** Reads the capture so. */
  public CaptureReplay reading(CaptureOptions how) {
    options = how;
    return this;
  }

  /** The rules that the neighbours may break, all that have a name unless told otherwise. */
  public CaptureReplay leniencies(Set<Leniency> waived) {
    EnumSet<Leniency> copy = EnumSet.noneOf(Leniency.class);
    copy.addAll(waived);
    reading = ReadOptions.lenient(copy);
    return this;
  }

  /** The node of that name in the capture is this one; for nodes that did not say who they are. */
  public CaptureReplay node(String name, NodeId id) {
    ids.put(name, id);
    return this;
  }

  /** How long it goes on after the last packet, a minute unless told otherwise. */
  public CaptureReplay margin(Duration time) {
    margin = time;
    return this;
  }

  /**
   * Runs it.
   *
   * @throws BadInputException if the capture cannot be used
   */
  public CaptureOutcome run() {
    return run(read());
  }

  /** Runs what was read, by {@link #read}. */
  public CaptureOutcome run(CapturedGateway capture) {
    return new CaptureWorld(capture).run(margin);
  }

  /**
   * Reads what is to be replayed.
   *
   * @throws BadInputException if the capture cannot be used
   */
  public CapturedGateway read() {
    CapturedTraffic traffic = CapturedTraffic.read(file, options);
    SortedSet<String> nodes = new TreeSet<>();
    traffic.events().forEach(event -> nodes.addAll(List.of(event.from(), event.to())));
    if (!nodes.contains(gateway)) {
      throw new BadInputException(
          List.of(
              file
                  + (gateway.isEmpty()
                      ? ": say with --gateway which node is the gateway"
                      : ": node '" + gateway + "' is not in the capture")
                  + "; there are "
                  + nodes));
    }
    return CapturedGateway.of(traffic, gateway, this::id, reading);
  }

  /** Who a node is by its name in a capture: the number of an ipn node, the name of a dtn node. */
  private NodeId id(String name) {
    NodeId given = ids.get(name);
    if (given != null) {
      return given;
    }
    if (name.indexOf(':') >= 0) {
      throw new BadInputException(
          List.of(
              file
                  + ": node "
                  + name
                  + " did not say who it is; say it with --name "
                  + name
                  + "=NODE"));
    }
    try {
      return NodeNumber.parse(name)
          .map(number -> NodeId.ipn(number.allocator(), number.node()))
          .orElseGet(() -> NodeId.dtn(name));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(List.of(file + ": node " + name + " has no name of a node"));
    }
  }
}
