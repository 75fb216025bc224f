package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Hands payloads out, piece by piece. */
final class Download {
  private static final int CHUNK = 256 << 10;
  private static final int AT_A_TIME = 16;

  private final BundleStore store;
  private final Semaphore places = new Semaphore(AT_A_TIME);

  Download(BundleStore store) {
    this.store = store;
  }

  /** Answers with the payload of a held bundle. */
  void send(Context context, HeldBundle bundle) {
    if (!places.tryAcquire()) {
      throw new Problem(
          Problem.Kind.TOO_MANY, AT_A_TIME + " payloads are going out already; try again");
    }
    try {
      Octets first = piece(bundle, 0).orElseThrow(() -> gone(bundle));
      context.disableCompression();
      context.contentType("application/octet-stream");
      context.res().setContentLengthLong(bundle.sizes().payload());
      stream(context.res().getOutputStream(), bundle, first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }

  /** A payload that fits into a JSON document, in base64. */
  Optional<String> inline(HeldBundle bundle, long most) {
    if (bundle.sizes().payload() > most) {
      return Optional.empty();
    }
    return piece(bundle, 0).map(Octets::toByteArray).map(Base64.getEncoder()::encodeToString);
  }

  private void stream(OutputStream out, HeldBundle bundle, Octets first) throws IOException {
    long sent = 0;
    Octets piece = first;
    while (true) {
      out.write(piece.toByteArray());
      sent += piece.size();
      if (sent >= bundle.sizes().payload()) {
        return;
      }
      // Too late for a problem document: the connection ends short of the stated length.
      piece = piece(bundle, sent).orElseThrow(() -> new EOFException("the bundle is gone"));
    }
  }

  private Optional<Octets> piece(HeldBundle bundle, long position) {
    return store.read(bundle.key(), position, CHUNK);
  }

  private static Problem gone(HeldBundle bundle) {
    return new Problem(Problem.Kind.NOT_FOUND, bundle.id() + " is no longer held");
  }
}
