package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Takes payloads in: small ones into memory, large ones into the store while they arrive. */
final class Upload {
  private static final int CHUNK = 256 << 10;

  /** Most bytes of a refused payload that are read and dropped. */
  private static final long SWALLOWED = 16 << 20;

  private static final int AT_A_TIME = 16;

  private final BundleStore store;
  private final long maxBytes;
  private final long spoolThreshold;
  private final Semaphore places = new Semaphore(AT_A_TIME);

  Upload(BundleStore store, long maxBytes, long spoolThreshold) {
    this.store = store;
    this.maxBytes = maxBytes;
    this.spoolThreshold = spoolThreshold;
  }

  /**
   * A payload and, if it is spooled, what ends the bundle that carries it.
   *
   * @param payload the payload
   * @param trailer the payload block's checksum and the end of the bundle
   */
  record Taken(Payload payload, Optional<Octets> trailer) {}

  /** Reads the body of a request. */
  Taken take(Context context) {
    long length = context.req().getContentLengthLong();
    try {
      InputStream body = context.req().getInputStream();
      if (length > maxBytes) {
        swallow(body, Math.min(length, SWALLOWED));
        throw tooLarge(length);
      }
      if (length < 0) {
        return unmeasured(body);
      }
      return length <= spoolThreshold ? inline(body, (int) length) : spooled(body, length);
    } catch (IOException e) {
      throw Problem.invalid("the body ended early: " + e.getMessage());
    }
  }

  /** A client that is still sending would see a broken connection and never read the answer. */
  private static void swallow(InputStream body, long length) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
    long left = length;
    while (left > 0) {
      int read = body.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private Taken unmeasured(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes((int) spoolThreshold + 1);
    if (bytes.length > spoolThreshold) {
      throw new Problem(
          Problem.Kind.LENGTH_REQUIRED,
          "a payload of more than "
              + Units.sizeText(spoolThreshold)
              + " needs its length told beforehand; send Content-Length");
    }
    return new Taken(new Payload.Inline(Octets.wrap(bytes)), Optional.empty());
  }

  private static Taken inline(InputStream body, int length) throws IOException {
    byte[] bytes = body.readNBytes(length);
    if (bytes.length < length) {
      throw endedEarly(bytes.length, length);
    }
    return new Taken(new Payload.Inline(Octets.wrap(bytes)), Optional.empty());
  }

  private Taken spooled(InputStream body, long length) throws IOException {
    if (!places.tryAcquire()) {
      throw new Problem(
          Problem.Kind.TOO_MANY, AT_A_TIME + " large payloads are coming in already; try again");
    }
    try {
      return spool(body, length);
    } catch (StoreException e) {
      throw new Problem(Problem.Kind.NO_SPACE, String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
  }

  private Taken spool(InputStream body, long length) throws IOException {
    // RFC 9171 §4.2.1: the checksum covers the block's head, which states the length.
    PayloadCrc crc =
        PayloadCrc.of(BundleWriter.payloadHeader(BlockFlags.NONE, CrcType.CRC32C, length));
    BundleStore.SpoolWriter writer = store.spool();
    boolean kept = false;
    try {
      long taken = 0;
      while (taken < length) {
        byte[] chunk = body.readNBytes((int) Math.min(CHUNK, length - taken));
        if (chunk.length == 0) {
          throw endedEarly(taken, length);
        }
        Octets octets = Octets.wrap(chunk);
        crc.update(octets);
        writer.write(octets);
        taken += chunk.length;
      }
      Payload payload = writer.finish();
      kept = true;
      return new Taken(payload, Optional.of(crc.trailer()));
    } finally {
      if (!kept) {
        writer.discard();
      }
    }
  }

  private Problem tooLarge(long length) {
    return new Problem(
        Problem.Kind.TOO_LARGE,
        "a payload of "
            + Units.sizeText(length)
            + " is over the limit of "
            + Units.sizeText(maxBytes)
            + "; see api.maxUpload");
  }

  private static Problem endedEarly(long taken, long length) {
    return Problem.invalid("the body ended after " + taken + " of " + length + " bytes");
  }
}
