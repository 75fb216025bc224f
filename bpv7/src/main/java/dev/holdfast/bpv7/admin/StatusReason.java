package dev.holdfast.bpv7.admin;

import java.util.List;
import java.util.Optional;

/**
 * Why something became of a bundle: a code of the registry of bundle status report reason codes
 * (RFC 9171 §9.5, with those of RFC 9172 §11.5), or any other that a peer may send.
 *
 * @param code the code, unsigned
 */
public record StatusReason(long code) {
  /** Nothing more to say. */
  public static final StatusReason NO_INFORMATION = new StatusReason(0);

  /** The lifetime of the bundle was over. */
  public static final StatusReason LIFETIME_EXPIRED = new StatusReason(1);

  /** It went over a link on which nothing comes back. */
  public static final StatusReason FORWARDED_OVER_UNIDIRECTIONAL_LINK = new StatusReason(2);

  /** Its transmission was cancelled. */
  public static final StatusReason TRANSMISSION_CANCELED = new StatusReason(3);

  /** There was no room for it. */
  public static final StatusReason DEPLETED_STORAGE = new StatusReason(4);

  /** Its destination is not to be had. */
  public static final StatusReason DESTINATION_UNAVAILABLE = new StatusReason(5);

  /** No route leads there from here. */
  public static final StatusReason NO_ROUTE = new StatusReason(6);

  /** No contact on the route comes in time. */
  public static final StatusReason NO_TIMELY_CONTACT = new StatusReason(7);

  /** A block could not be read. */
  public static final StatusReason BLOCK_UNINTELLIGIBLE = new StatusReason(8);

  /** It made more hops than it may. */
  public static final StatusReason HOP_LIMIT_EXCEEDED = new StatusReason(9);

  /** Traffic such as status reports was cut. */
  public static final StatusReason TRAFFIC_PARED = new StatusReason(10);

  /** A block of a type that is not supported asked for this. */
  public static final StatusReason BLOCK_UNSUPPORTED = new StatusReason(11);

  /** A security operation that policy asks for is missing. */
  public static final StatusReason MISSING_SECURITY_OPERATION = new StatusReason(12);

  /** A security operation is of an unknown kind. */
  public static final StatusReason UNKNOWN_SECURITY_OPERATION = new StatusReason(13);

  /** A security operation is there that must not be. */
  public static final StatusReason UNEXPECTED_SECURITY_OPERATION = new StatusReason(14);

  /** A security operation did not verify. */
  public static final StatusReason FAILED_SECURITY_OPERATION = new StatusReason(15);

  /** Security operations contradict each other. */
  public static final StatusReason CONFLICTING_SECURITY_OPERATIONS = new StatusReason(16);

  private static final List<String> LABELS =
      List.of(
          "no additional information",
          "lifetime expired",
          "forwarded over unidirectional link",
          "transmission canceled",
          "depleted storage",
          "destination endpoint ID unavailable",
          "no known route to destination from here",
          "no timely contact with next node on route",
          "block unintelligible",
          "hop limit exceeded",
          "traffic pared",
          "block unsupported",
          "missing security operation",
          "unknown security operation",
          "unexpected security operation",
          "failed security operation",
          "conflicting security operations");

  /** The reason's name in the registry, if it is registered. */
  public Optional<String> label() {
    return code >= 0 && code < LABELS.size()
        ? Optional.of(LABELS.get((int) code))
        : Optional.empty();
  }

  @Override
  public String toString() {
    String number = Long.toUnsignedString(code);
    return label().map(text -> number + " (" + text + ")").orElse(number);
  }
}
