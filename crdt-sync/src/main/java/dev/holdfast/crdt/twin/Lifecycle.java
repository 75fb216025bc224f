package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.Version;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whether a thing is there, in a register of its own: were it there as long as a leaf is, an update
 * that its deletion did not see would bring back a rest of it.
 */
enum Lifecycle {
  /** The thing is there. */
  ACTIVE,
  /** It is not any more. */
  DELETED;

  private static final Octets IS_ACTIVE = said(ACTIVE);
  private static final Octets IS_DELETED = said(DELETED);

  private static Octets said(Lifecycle lifecycle) {
    String text = lifecycle.name().toLowerCase(Locale.ROOT);
    return ValueCodec.encode(JsonNodeFactory.instance.stringNode(text));
  }

  /** What the register holds then. */
  Octets octets() {
    return switch (this) {
      case ACTIVE -> IS_ACTIVE;
      case DELETED -> IS_DELETED;
    };
  }

  static Optional<Lifecycle> of(Octets octets) {
    for (Lifecycle each : values()) {
      if (each.octets().equals(octets)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The write that decides: of those that can be read the last. */
  static Optional<Version<Octets>> shown(MvRegister register) {
    return register.versions().stream()
        .filter(version -> of(version.value()).isPresent())
        .max(Place::compare);
  }
}
