package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is signed of a {@link CanonicalObject}, and how signatures are written. */
final class CanonicalSignature {
  private static final String BY = "ed25519:";

  private CanonicalSignature() {}

  /** What is hashed and signed. */
  static Octets content(ObjectNode document) {
    return ValueCodec.encode(CanonicalFields.unsigned(document));
  }

  static String text(Octets signature) {
    return BY + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.toByteArray());
  }

  /** The octets that a text says; empty if it is of another scheme, or none. */
  static Optional<Octets> octets(String text) {
    if (!text.startsWith(BY)) {
      return Optional.empty();
    }
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text.substring(BY.length()));
      return Optional.of(Octets.wrap(octets));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
