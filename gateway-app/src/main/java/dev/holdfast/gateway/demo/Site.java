package dev.holdfast.gateway.demo;

import dev.holdfast.contacts.NodeNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The three gateways. */
enum Site {
  EARTH(1),
  RELAY(2),
  MARS(3);

  /** Service number of the endpoints that the demo's traffic goes to. */
  private static final int SERVICE = 7;

  private final int number;

  Site(int number) {
    this.number = number;
  }

  /** Its node number in the plan. */
  NodeNumber node() {
    return NodeNumber.of(number);
  }

  /** Its node id, such as {@code ipn:1}. */
  String nodeId() {
    return "ipn:" + number;
  }

  /** The endpoint that the demo's traffic goes to. */
  String endpoint() {
    return nodeId() + "." + SERVICE;
  }

  /** The sites it has a link to. */
  List<Site> neighbours() {
    return switch (this) {
      case EARTH, MARS -> List.of(RELAY);
      case RELAY -> List.of(EARTH, MARS);
    };
  }

  /** The site of that name; empty if there is none. */
  static Optional<Site> named(String label) {
    return Arrays.stream(values()).filter(site -> site.label().equals(label)).findFirst();
  }

  /** Its name for people, and that of the links that lead to it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
