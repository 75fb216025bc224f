package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.crdt.twin.TwinLimits;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/**
 * Reads the bodies of requests about twins: whole, into memory, and so large ones one at a time.
 */
final class TwinBody {
  /** What each of the server's threads may hold in memory. */
  private static final int SMALL = 1 << 20;

  private static final int MOST = TwinLimits.DEFAULT.documentBytes();

  private final TwinJson json = new TwinJson(TwinLimits.DEFAULT);
  private final Semaphore large = new Semaphore(1);

  /** The body as JSON. */
  JsonNode json(Context context) {
    Octets body = octets(context);
    return switch (json.read(body)) {
      case Parsed.Good<JsonNode>(JsonNode value) -> value;
      case Parsed.Bad<JsonNode> bad -> throw Problem.invalid("the body is no JSON: " + bad);
    };
  }

  /** The body. */
  Octets octets(Context context) {
    long length = context.req().getContentLengthLong();
    if (length > MOST) {
      throw tooLarge();
    }
    try {
      InputStream body = context.req().getInputStream();
      byte[] first = body.readNBytes(SMALL);
      return first.length < SMALL ? Octets.wrap(first) : rest(Octets.wrap(first), body);
    } catch (IOException e) {
      throw Problem.invalid("the body ended early: " + e.getMessage());
    }
  }

  private Octets rest(Octets first, InputStream body) throws IOException {
    if (!large.tryAcquire()) {
      throw new Problem(
          Problem.Kind.TOO_MANY,
          "a body of more than " + Units.sizeText(SMALL) + " is coming in already; try again");
    }
    try {
      Octets more = Octets.wrap(body.readNBytes(MOST - SMALL + 1));
      if (first.size() + more.size() > MOST) {
        throw tooLarge();
      }
      return Octets.concat(List.of(first, more));
    } finally {
      large.release();
    }
  }

  private static Problem tooLarge() {
    return new Problem(
        Problem.Kind.TOO_LARGE,
        "the body has more than " + Units.sizeText(MOST) + "; split it over several paths");
  }
}
