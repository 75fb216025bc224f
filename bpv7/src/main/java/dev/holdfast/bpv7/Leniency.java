package dev.holdfast.bpv7;

import java.util.Locale;
import java.util.Optional;

/** A rule of RFC 9171 that a known peer breaks and that may be waived for it by name. */
public enum Leniency {
  /**
   * The primary block has neither a CRC nor a block integrity block over it (§4.3.1). The examples
   * of RFC 9173 and echo replies of some nodes are so.
   */
  PRIMARY_INTEGRITY,
  /** Integers and lengths in a wider form than they need (§4.1). */
  INTEGER_WIDTH,
  /** The bundle is an array of definite length (§4.1); it is turned into an indefinite one. */
  DEFINITE_ARRAY,
  /**
   * Flags that an anonymous source or an administrative record forbids (§4.2.3, §4.2.4): status
   * reports asked for, fragmentation allowed.
   */
  FLAG_RULES,
  /**
   * Creation time zero without a Bundle Age block (§4.4.2); the age then counts from reception.
   * Some examples of RFC 9173 are so.
   */
  BUNDLE_AGE,
  /** A {@code dtn} identifier without the slash after the node name (§4.2.5.1.1). */
  DTN_SLASH;

  /** The name in configurations and commands, such as {@code primary-integrity}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The leniency of that name. */
  public static Optional<Leniency> named(String label) {
    for (Leniency leniency : values()) {
      if (leniency.label().equals(label)) {
        return Optional.of(leniency);
      }
    }
    return Optional.empty();
  }
}
