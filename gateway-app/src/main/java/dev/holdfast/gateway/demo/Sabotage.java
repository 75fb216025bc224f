package dev.holdfast.gateway.demo;

/** What the demo breaks on purpose, to show that it would notice. */
public enum Sabotage {
  /** A bundle is cancelled at the relay while it is held there. */
  LOSE,
  /** A byte of a payload is turned over on its way from the gateway to the receiver. */
  CORRUPT,
  /**
   * A receiver believes that it acknowledged a bundle, but its gateway never hears of it and hands
   * the bundle out again.
   */
  DUPLICATE
}
