package dev.holdfast.custody.rocks;

import java.util.Arrays;

/**
 * A key below which a range holds nothing, so that a scan from the head of a queue does not step
 * over what was deleted there. Kept in memory only: after a start it is the begin of the range.
 *
 * <p>A reader may raise the bound to the first entry that it met, unless something was written
 * since it began. Any thread.
 */
final class HeadBound {
  private byte[] from;
  private long writes;

  HeadBound(byte[] begin) {
    from = begin;
  }

  /** How often something was written; to be read before {@link #from}. */
  synchronized long writes() {
    return writes;
  }

  /** Where a scan from the head begins. */
  synchronized byte[] from() {
    return from;
  }

  /** Says what a scan met first that began when {@link #writes} was {@code writesThen}. */
  synchronized void met(byte[] first, long writesThen) {
    if (writesThen == writes && Arrays.compareUnsigned(first, from) > 0) {
      from = first;
    }
  }

  /** Says that an entry was written; after the write, before the commit returns. */
  synchronized void written(byte[] key) {
    writes++;
    if (Arrays.compareUnsigned(key, from) < 0) {
      from = key;
    }
  }

  /**
   * Says that an entry was written whose key is higher than any ever written before. Nobody can
   * have met anything beyond it, so that it takes no reader's finding away, however many are
   * written.
   */
  synchronized void appended(byte[] key) {
    if (Arrays.compareUnsigned(key, from) < 0) {
      from = key;
    }
  }

  /** Says that the range is empty now; {@code end} is beyond all its keys. */
  synchronized void emptied(byte[] end) {
    from = end;
  }
}
