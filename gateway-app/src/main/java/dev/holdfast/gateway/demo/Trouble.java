package dev.holdfast.gateway.demo;

import java.util.Optional;

/** The first thing that went so wrong that the run cannot go on. Any thread. */
final class Trouble {
  private Optional<String> first = Optional.empty();

  /** Something went wrong. */
  synchronized void report(String what) {
    if (first.isEmpty()) {
      first = Optional.of(what);
    }
  }

  /** The first that was reported. */
  synchronized Optional<String> first() {
    return first;
  }
}
