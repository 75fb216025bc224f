package dev.holdfast.contacts.orbit;

/**
 * Two nodes that may talk, with their line of sight both ways.
 *
 * @param rule how they talk
 * @param pair who they are
 * @param forth from the first to the second
 * @param back from the second to the first
 */
record Link(LinkRule rule, LinkRule.Pair pair, Sight forth, Sight back) {
  /** Whether the first of the pair is the one that sends in a session. */
  boolean isForth(Session session) {
    return session.from() == pair.first();
  }
}
