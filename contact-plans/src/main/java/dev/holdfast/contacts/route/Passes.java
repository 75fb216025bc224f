package dev.holdfast.contacts.route;

import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;
import java.util.Optional;

/**
 * The three passes of an exact search and the memory that they share: forward to the earliest
 * arrivals ({@link ForwardPass}), back from one destination for the fewest hops ({@link
 * FewestHops}), and forward over what that leaves for the other two keys ({@link WidestRoute}).
 *
 * <p>The labels of one forward pass serve every destination: that the search did not stop at it
 * only adds labels of nodes that are reached later.
 */
final class Passes {
  final PlanGraph graph;
  final Bookings unbooked;
  final Transit transit;
  final Labels labels;
  final ForwardPass forward;
  private final LastDepartures lastDepartures;
  private final FewestHops fewestHops;
  private final WidestRoute widest;

  Passes(ContactPlan plan) {
    graph = new PlanGraph(plan);
    unbooked = new Bookings(plan);
    transit = new Transit(graph, unbooked);
    labels = new Labels(graph.nodes);
    forward = new ForwardPass(graph, transit, labels);
    lastDepartures = new LastDepartures(graph);
    fewestHops = new FewestHops(graph, transit, labels);
    widest = new WidestRoute(graph, transit, labels, fewestHops);
  }

  /**
   * Prepares the labels for a query from its sender to a target. False if no contact can serve it,
   * as far as the sender and the time tell.
   *
   * @param query what is asked; where it goes does not matter here
   * @param target the index of a node, or {@link Labels#anyOf}
   */
  boolean prepare(RouteQuery query, int target, Bookings bookings, Detour detour) {
    if (!bookings.plan().equals(graph.plan)) {
      throw new IllegalArgumentException("these bookings are on another plan");
    }
    int source = graph.index(query.from());
    // Times beyond may not fit nanoseconds.
    if (source == PlanGraph.NONE
        || target == PlanGraph.NONE
        || query.at().isAfter(Contact.LATEST_END)) {
      return false;
    }
    transit.prepare(query, bookings, detour);
    labels.prepare(source, target, PlanGraph.nanos(query.at()));
    mark(labels.excluded, query.excluded());
    mark(labels.closed, detour.nodes());
    return true;
  }

  void mark(boolean[] nodes, List<NodeNumber> numbers) {
    for (NodeNumber node : numbers) {
      int index = graph.index(node);
      if (index != PlanGraph.NONE) {
        nodes[index] = true;
      }
    }
  }

  /** After the labels are prepared: the contacts of the best route to their target. */
  Optional<List<Integer>> search() {
    int target = labels.target;
    if (lastDepartures.isOver(labels.source, target, labels.earliest[labels.source])) {
      return Optional.empty();
    }
    forward.run();
    Optional<List<Integer>> contacts = contactsTo(target);
    if (contacts.isEmpty()) {
      lastDepartures.learn(target);
    }
    return contacts;
  }

  /** After the forward pass: the contacts of the best route to a node, by their index. */
  Optional<List<Integer>> contactsTo(int target) {
    labels.target = target;
    labels.arrival = labels.earliest[target];
    return labels.arrival == Labels.UNREACHED
        ? Optional.empty()
        : Optional.of(widest.find(fewestHops.find()));
  }
}
