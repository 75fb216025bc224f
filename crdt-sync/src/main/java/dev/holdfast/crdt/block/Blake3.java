package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.params.Blake3Parameters;

/**
 * BLAKE3 over parts, one after the other. A part of text, which names what the hash is for, comes
 * first and ends in a zero; hashes within trees begin with a byte below 0x20 instead, so that none
 * of one use is one of another.
 */
final class Blake3 {
  /** Bytes of an id, a root, a key. */
  static final int SIZE = 32;

  private final Blake3Digest digest = new Blake3Digest(8 * SIZE);

  private Blake3(Blake3Parameters mode) {
    digest.init(mode);
  }

  /** Without a key. */
  static Blake3 plain() {
    return new Blake3(new Blake3Parameters());
  }

  /** With a key of {@value #SIZE} bytes: without the key, the result tells nothing. */
  static Blake3 keyed(Octets key) {
    return new Blake3(Blake3Parameters.key(key.toByteArray()));
  }

  /** What the hash is for. */
  Blake3 use(String name) {
    return add(Octets.wrap(name.getBytes(StandardCharsets.US_ASCII))).add(0);
  }

  Blake3 add(int oneByte) {
    digest.update((byte) oneByte);
    return this;
  }

  Blake3 add(Octets part) {
    part.read(
        (bytes, at, size) -> {
          digest.update(bytes, at, size);
          return size;
        });
    return this;
  }

  Blake3 addLong(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      add((int) (value >>> shift));
    }
    return this;
  }

  /** The hash; begins anew. */
  Octets end() {
    return end(SIZE);
  }

  /** As many bytes of output as asked for; begins anew. */
  Octets end(int size) {
    byte[] out = new byte[size];
    digest.doFinal(out, 0, size);
    return Octets.wrap(out);
  }
}
