package dev.holdfast.contacts.route;

/**
 * Whether the first byte of a bundle may leave at the very instant at which a contact ends.
 *
 * <p>This decides only about the best case, a bundle without size. One that has a size takes time
 * to leave, and its last byte must be out by the end either way: at the end itself nothing is left
 * of a contact's volume (SABR §3.2.6.8.9).
 */
public enum ContactEnd {
  /** It may not: a contact is usable from its start until before its end. ION does the same. */
  STRICT,

  /**
   * It may: only a contact that ends <em>before</em> a bundle can leave is kept out of a route
   * (SABR §3.2.4.1.1 by the letter).
   */
  CLOSED;

  /** How long before the end a bundle must leave that takes {@code length} to do so. */
  long leastNanos(long length) {
    return this == CLOSED ? length : Math.max(1, length);
  }
}
