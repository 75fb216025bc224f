package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a bundle of one node can be at each other node, and one way there.
 *
 * <p>The arrivals are exact: each is that of the best route. The ways are not the best routes in
 * the other keys: they are those of one tree, in which each node is entered by one contact, so that
 * the copies for several destinations go together for as long as they go the same way, and nothing
 * is sent twice over a contact. For all four keys ask {@link TreeSearch#routes}.
 *
 * <p>Immutable: what is booked later does not change it.
 */
public final class RouteTree {
  private final TreeQuery query;
  private final PlanGraph graph;

  /** By node; {@link Labels#UNREACHED} without a way. */
  private final long[] arrival;

  private final int[] by;
  private final long[] left;
  private final int source;

  /**
   * A hop of the tree and what goes on from where it ends.
   *
   * @param hop the contact and when it is used
   * @param destinations who gets the bundle by this hop, ascending; the receiver may be one of them
   * @param next how it goes on, by receiver
   */
  public record Branch(Hop hop, List<NodeNumber> destinations, List<Branch> next) {
    /** Keeps its own copies. */
    public Branch {
      destinations = List.copyOf(destinations);
      next = List.copyOf(next);
    }

    /** How many contacts it needs, this hop included. */
    public int transmissions() {
      return 1 + next.stream().mapToInt(Branch::transmissions).sum();
    }
  }

  private RouteTree(TreeQuery query, PlanGraph graph, int source, long[] arrival, Passes passes) {
    this.query = query;
    this.graph = graph;
    this.source = source;
    this.arrival = arrival;
    this.by = passes.forward.by.clone();
    this.left = passes.forward.left.clone();
  }

  /** What a forward pass without a target has left. */
  static RouteTree of(TreeQuery query, Passes passes) {
    long[] arrival = Arrays.copyOf(passes.labels.earliest, passes.graph.nodes);
    return new RouteTree(query, passes.graph, passes.labels.source, arrival, passes);
  }

  /** The bundle can go nowhere. */
  static RouteTree nowhere(TreeQuery query, Passes passes) {
    long[] arrival = new long[passes.graph.nodes];
    Arrays.fill(arrival, Labels.UNREACHED);
    return new RouteTree(query, passes.graph, PlanGraph.NONE, arrival, passes);
  }

  /** What was asked. */
  public TreeQuery query() {
    return query;
  }

  /** The nodes that the bundle can get to, ascending; without the sender. */
  public List<NodeNumber> reached() {
    List<NodeNumber> reached = new ArrayList<>();
    for (int node = 0; node < arrival.length; node++) {
      if (node != source && arrival[node] != Labels.UNREACHED) {
        reached.add(graph.number(node));
      }
    }
    return reached;
  }

  /** When the whole bundle can be at a node at the earliest; empty if never. */
  public Optional<DtnTime> arrival(NodeNumber at) {
    if (at.equals(query.from())) {
      return Optional.of(query.at());
    }
    int node = graph.index(at);
    return isReached(node) ? Optional.of(PlanGraph.time(arrival[node])) : Optional.empty();
  }

  private boolean isReached(int node) {
    return node != PlanGraph.NONE && arrival[node] != Labels.UNREACHED;
  }

  /** The way to a node; empty for the sender and for a node without one. */
  public List<Hop> way(NodeNumber to) {
    List<Hop> hops = new ArrayList<>();
    int node = graph.index(to);
    while (isReached(node) && node != source) {
      hops.add(hop(node));
      node = graph.from(by[node]);
    }
    return hops.reversed();
  }

  private Hop hop(int receiver) {
    Contact contact = graph.plan.contacts().get(by[receiver]);
    long sending =
        query.sizeBytes() == 0
            ? 0
            : Contact.transferNanos(query.sizeBytes(), contact.bytesPerSecond());
    return new Hop(
        contact,
        PlanGraph.time(left[receiver]),
        PlanGraph.time(left[receiver] + sending),
        PlanGraph.time(arrival[receiver]));
  }

  /**
   * How one bundle goes to several nodes: for each neighbour that gets a copy, which of them go by
   * it, and so on from there. Nodes without a way, and the sender, are left out.
   */
  public List<Branch> branches(Collection<NodeNumber> destinations) {
    return grow(new TreeSet<>(destinations).stream().map(this::nodesTo).toList(), 0);
  }

  /** The receivers on the way to a node. */
  private int[] nodesTo(NodeNumber to) {
    return way(to).stream().mapToInt(hop -> graph.index(hop.contact().to())).toArray();
  }

  /** The branches by which those ways go on that are longer than {@code depth}. */
  private List<Branch> grow(List<int[]> ways, int depth) {
    SortedSet<Integer> receivers = new TreeSet<>();
    ways.stream().filter(way -> way.length > depth).forEach(way -> receivers.add(way[depth]));
    List<Branch> branches = new ArrayList<>();
    for (int receiver : receivers) {
      List<int[]> by =
          ways.stream().filter(way -> way.length > depth && way[depth] == receiver).toList();
      List<NodeNumber> served = by.stream().map(way -> graph.number(way[way.length - 1])).toList();
      branches.add(new Branch(hop(receiver), served, grow(by, depth + 1)));
    }
    return branches;
  }
}
