package dev.holdfast.contacts.chart;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;

/**
 * A pair of nodes.
 *
 * @param pair its two nodes
 * @param lanes one for each direction that has contacts in the window, there before back
 * @param onRoute whether the route uses it
 */
record Row(Pair pair, List<Lane> lanes, boolean onRoute) {
  /**
   * Two nodes, whoever sends.
   *
   * @param one the lower number; on a route, who sends
   * @param other the other one
   */
  record Pair(NodeNumber one, NodeNumber other) implements Comparable<Pair> {
    static Pair of(NodeNumber a, NodeNumber b) {
      return a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
    }

    /** The same pair with its sender first. */
    static Pair from(Contact contact) {
      return new Pair(contact.from(), contact.to());
    }

    Pair reversed() {
      NodeNumber sender = other;
      return new Pair(sender, one);
    }

    boolean isOf(List<NodeNumber> nodes) {
      return nodes.isEmpty() || nodes.contains(one) || nodes.contains(other);
    }

    @Override
    public int compareTo(Pair that) {
      int order = one.compareTo(that.one);
      return order != 0 ? order : other.compareTo(that.other);
    }
  }

  /**
   * One direction.
   *
   * @param from who sends
   * @param to who receives
   * @param contacts those in the window, by start
   * @param bars what is drawn of them
   */
  record Lane(NodeNumber from, NodeNumber to, List<Contact> contacts, List<Bar> bars) {
    Lane {
      contacts = List.copyOf(contacts);
      bars = List.copyOf(bars);
    }
  }

  Row {
    lanes = List.copyOf(lanes);
  }

  int contacts() {
    return lanes.stream().mapToInt(lane -> lane.contacts().size()).sum();
  }

  int bars() {
    return lanes.stream().mapToInt(lane -> lane.bars().size()).sum();
  }
}
