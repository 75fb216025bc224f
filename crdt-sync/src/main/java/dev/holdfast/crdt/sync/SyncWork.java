package dev.holdfast.crdt.sync;

/**
 * How much work another region may make here in one contact, that is, until messages to it can
 * leave the next time. It is enrolled and signs what it says, so who goes beyond is known by name;
 * what goes beyond is not done, and told of.
 *
 * @param comparisons parts of sketches that are compared, with content or without: each is a pass
 *     over all entries at most, and a search for differences
 * @param requests requests for blocks, entries or the state that are answered: looking for names is
 *     a pass over all entries
 * @param names entries that are looked for by name, in all requests: each is a leaf to be read
 * @param snapshots passes over the whole state that are told
 */
public record SyncWork(int comparisons, int requests, int names, int snapshots) {
  /**
   * 1,024 parts, which is twice a sketch of 2^20 cells in messages of 64 KiB; 64 requests; 262,144
   * names; 4 snapshots.
   */
  public static final SyncWork DEFAULT = new SyncWork(1_024, 64, 262_144, 4);

  /**
   * To whom no messages can leave, what it may make here is counted anew after an hour: one that
   * can only be heard.
   */
  static final long SILENT_MILLIS = 3_600_000;

  /** Checks that every limit lets something through. */
  public SyncWork {
    if (comparisons < 1 || requests < 1 || names < 1 || snapshots < 1) {
      throw new IllegalArgumentException("a limit with which nothing can be asked");
    }
  }
}
