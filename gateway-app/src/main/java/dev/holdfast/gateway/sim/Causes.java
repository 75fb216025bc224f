package dev.holdfast.gateway.sim;

import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;

/** What a refusal is to its sender. */
final class Causes {
  private Causes() {}

  static LinkEvent.Cause of(Link.Refusal refusal) {
    return switch (refusal) {
      case COMPLETED -> LinkEvent.Cause.COMPLETED;
      case NO_RESOURCES -> LinkEvent.Cause.NO_RESOURCES;
      case NOT_ACCEPTABLE -> LinkEvent.Cause.NOT_ACCEPTABLE;
    };
  }
}
