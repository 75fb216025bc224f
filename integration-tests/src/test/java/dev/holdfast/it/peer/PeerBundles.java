package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Takes a payload out of a bundle with a plain CBOR parser, so that our codec is not its own
 * witness.
 */
public final class PeerBundles {
  private static final CBORFactory CBOR = new CBORFactory();
  private static final int DATA_ITEM = 4;

  private PeerBundles() {}

  /** The block-type-specific data of the last block. */
  public static Octets payload(Octets bundle) {
    Optional<Octets> last = Optional.empty();
    int depth = 0;
    int item = 0;
    try (JsonParser parser = CBOR.createParser(ObjectReadContext.empty(), bundle.toByteArray())) {
      do {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_ARRAY) {
          depth++;
          item = depth == 2 ? 0 : item;
          continue;
        }
        if (token == JsonToken.END_ARRAY) {
          depth--;
        } else if (depth == 2 && item == DATA_ITEM && token == JsonToken.VALUE_EMBEDDED_OBJECT) {
          last = Optional.of(Octets.copyOf(parser.getBinaryValue()));
        }
        item += depth == 2 ? 1 : 0;
      } while (depth > 0);
    }
    return last.orElseThrow(() -> new IllegalArgumentException("no payload in " + bundle.hex()));
  }
}
