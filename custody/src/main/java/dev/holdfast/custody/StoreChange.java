package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;

/**
 * One change of what is held. A list of them is one atomic batch, decided by the node; applying it
 * never reads the store.
 */
public sealed interface StoreChange {
  /**
   * Holds a bundle that was not held.
   *
   * @param bundle what is kept beside the bytes
   * @param head bytes before the payload
   * @param payload the payload, inline or spooled
   * @param trailer bytes after the payload
   */
  record Put(HeldBundle bundle, Octets head, Payload payload, Octets trailer)
      implements StoreChange {}

  /**
   * Replaces what is kept beside the bytes: another queue, other progress.
   *
   * @param before as it is now
   * @param after as it will be; same key
   */
  record Update(HeldBundle before, HeldBundle after) implements StoreChange {}

  /**
   * Lets go of a bundle and its bytes.
   *
   * @param bundle as it is now
   */
  record Remove(HeldBundle bundle) implements StoreChange {}

  /**
   * Remembers that a bundle was delivered, expired or cancelled here, so that its return is a
   * duplicate. May be remembered longer together with others of about the same sequence number.
   *
   * @param id the bundle
   * @param until after this it need not be remembered
   */
  record Remember(BundleId id, DtnTime until) implements StoreChange {}

  /**
   * Forgets bundles that need not be remembered any more, those that may go first, at most {@link
   * SeenBundles#FORGOTTEN_AT_ONCE} records at a time so that no batch grows without bound.
   *
   * @param now remembered until before this
   */
  record ForgetBefore(DtnTime now) implements StoreChange {}

  /**
   * Sets a number of the node's own, such as the next creation sequence number.
   *
   * @param name which
   * @param value its value from now on
   */
  record SetNumber(String name, long value) implements StoreChange {}

  /**
   * A record of others is to have that value, whatever it had. It takes room as a bundle does: on a
   * full disk its batch is refused.
   *
   * @param key which; 1 to {@value #KEY_MAX} bytes
   * @param value what; at most {@value #VALUE_MAX} bytes
   */
  record PutRecord(Octets key, Octets value) implements StoreChange {
    /** Longest key in bytes: it stands in indexes and filters. */
    public static final int KEY_MAX = 65_535;

    /** Longest value in bytes: it stands in a batch, so in memory, several times over. */
    public static final int VALUE_MAX = 64 << 20;

    /** Checks the lengths. */
    public PutRecord {
      if (key.isEmpty() || key.size() > KEY_MAX) {
        throw new IllegalArgumentException(
            "a record has a key of 1 to " + KEY_MAX + " bytes, not " + key.size());
      }
      if (value.size() > VALUE_MAX) {
        throw new IllegalArgumentException(
            "a record has a value of at most " + VALUE_MAX + " bytes, not " + value.size());
      }
    }
  }

  /**
   * A record of others is to be gone, if there is one.
   *
   * @param key which
   */
  record RemoveRecord(Octets key) implements StoreChange {}
}
