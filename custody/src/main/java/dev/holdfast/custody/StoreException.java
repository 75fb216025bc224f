package dev.holdfast.custody;

/** A store that cannot do its work. Never caught below the node's loop. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure. */
  public enum Kind {
    /** No space is left; nothing of the batch was applied. */
    FULL,
    /** Another process has the directory. */
    LOCKED,
    /** The directory was written by a newer version, or is no store. */
    FORMAT,
    /** Bytes on disk are not what was written. */
    CORRUPT,
    /** Any other failure of the disk or the database. */
    FAILED
  }

  private final Kind kind;

  /** A failure of {@code kind}; {@code message} says what, where and how to mend it. */
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A failure of {@code kind} with its cause. */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of failure. */
  public Kind kind() {
    return kind;
  }
}
