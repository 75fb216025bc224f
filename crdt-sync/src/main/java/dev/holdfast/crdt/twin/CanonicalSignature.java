package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.digests.Blake3Digest;
import tools.jackson.databind.node.ObjectNode;

/** What is signed of a {@link CanonicalObject}, and how signatures are written. */
final class CanonicalSignature {
  private static final String BY = "ed25519:";
  private static final int DIGEST_SIZE = 32;

  /** What the hash is for, so that no signature of a block is one of a document. */
  private static final String USE = "holdfast object 1\0";

  private CanonicalSignature() {}

  static Octets digest(ObjectNode document) {
    Blake3Digest blake3 = new Blake3Digest(8 * DIGEST_SIZE);
    byte[] use = USE.getBytes(StandardCharsets.US_ASCII);
    blake3.update(use, 0, use.length);
    byte[] content = ValueCodec.encode(CanonicalFields.unsigned(document)).toByteArray();
    blake3.update(content, 0, content.length);
    byte[] digest = new byte[DIGEST_SIZE];
    blake3.doFinal(digest, 0);
    return Octets.wrap(digest);
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
