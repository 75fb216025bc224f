package dev.holdfast.custody.rocks;

/**
 * Something that a store should not be like.
 *
 * @param kind what kind of thing
 * @param where the record or file, by its names and numbers
 * @param problem what is wrong with it
 */
public record Finding(Kind kind, String where, String problem) {
  /** Kinds of findings. */
  public enum Kind {
    /** Bytes that cannot be read as what they should be. */
    DAMAGED("damaged"),
    /** An index that does not agree with what is held. */
    INDEX("index"),
    /** A counter that is not what counting gives. */
    COUNTER("counter"),
    /** A payload that is missing, has another length or other bytes. */
    PAYLOAD("payload"),
    /** A bundle whose bytes break RFC 9171, such as by a wrong CRC. */
    BUNDLE("bundle"),
    /** A payload of no bundle, as a crash leaves it; the next start sweeps it. No fault. */
    UNTIED("untied");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word for it. */
    public String title() {
      return title;
    }

    /** Whether it says that something is broken. */
    public boolean isFault() {
      return this != UNTIED;
    }
  }
}
