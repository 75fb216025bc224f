package dev.holdfast.contacts.orbit;

/** Which sides of a link send, and when. */
public enum Duplex {
  /** Both at once. */
  FULL,
  /** Both in turns: each waits until what the other sent has arrived. */
  HALF,
  /** Only the first side. */
  ONE_WAY
}
