package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one bundle that arrives in pieces of any size, without I/O: bytes in, outputs out.
 *
 * <p>Memory is bounded by the limit on heads: payload bytes are handed on as slices of the pieces
 * they came in, and only their checksum is kept. It accepts exactly what {@link BundleReader}
 * accepts. After {@link Output.End} or {@link Output.Invalid} it is used up. Not for use by several
 * threads.
 */
public final class BundleIntake {
  /** What came of the bytes so far. */
  public sealed interface Output {
    /**
     * The head is complete; comes first, and once.
     *
     * @param head all but the payload
     */
    record Head(BundleHead head) implements Output {}

    /**
     * The next bytes of the payload.
     *
     * @param octets a slice of the piece that was fed, never empty
     */
    record Payload(Octets octets) implements Output {}

    /**
     * The bundle is complete and its CRCs are right.
     *
     * @param trailer what follows the payload in the bundle
     */
    record End(Octets trailer) implements Output {}

    /**
     * The bytes are no bundle; whatever was handed on is void.
     *
     * @param fault the broken rule
     * @param primary the primary block if it could be read
     */
    record Invalid(Fault fault, Optional<PrimaryBlock> primary) implements Output {}
  }

  private enum Stage {
    HEAD,
    PAYLOAD,
    TRAILER,
    ENDED,
    FAILED
  }

  private static final int FIRST_BUFFER = 512;

  private final ReadOptions options;
  private final HeadReader headReader;
  private final List<Output> outputs = new ArrayList<>(4);
  private Stage stage = Stage.HEAD;
  private byte[] buffer = new byte[0];
  private int buffered;
  private long needed = 1;
  private long consumed;
  private long payloadLeft;
  private @Nullable PayloadCrc crc;
  private @Nullable WireException headEnd;

  /** A reader of one bundle from a peer. */
  public BundleIntake(ReadOptions options) {
    this.options = options;
    this.headReader = new HeadReader(options);
  }

  /** Takes the next bytes; the array below them must not change any more. */
  public List<Output> feed(Octets piece) {
    Octets left = piece;
    try {
      while (!left.isEmpty()) {
        left =
            switch (stage) {
              case HEAD -> takeHead(left);
              case PAYLOAD -> takePayload(left);
              case TRAILER -> takeTrailer(left);
              case ENDED -> throw BundleReader.afterTheEnd(consumed);
              case FAILED -> Octets.EMPTY;
            };
      }
    } catch (WireException fault) {
      fail(fault);
    }
    return drain();
  }

  /** Says that no more bytes come: {@link Output.Invalid} if the bundle is not complete. */
  public List<Output> finish() {
    if (stage != Stage.ENDED && stage != Stage.FAILED) {
      fail(endedTooEarly());
    }
    return drain();
  }

  private WireException endedTooEarly() {
    WireException unfinished = headEnd;
    return stage == Stage.HEAD && unfinished != null
        ? unfinished
        : new WireException(
            consumed + buffered, "RFC 9171 §4.1", "the input ends before the bundle does");
  }

  private List<Output> drain() {
    List<Output> result = List.copyOf(outputs);
    outputs.clear();
    return result;
  }

  private void fail(WireException fault) {
    stage = Stage.FAILED;
    buffer = new byte[0];
    outputs.removeIf(output -> output instanceof Output.End);
    outputs.add(new Output.Invalid(BundleReader.fault(fault), headReader.primary()));
  }

  private Octets takeHead(Octets left) {
    if (buffered == 0) {
      if (tryHead(left)) {
        endPayloadIfComplete();
        return left.from(headReader.size());
      }
      append(left, left.size());
      return Octets.EMPTY;
    }
    int more = (int) Math.min(left.size(), needed - buffered);
    append(left, more);
    if (buffered >= needed && tryHead(Octets.wrap(buffer, 0, buffered))) {
      buffered = 0;
      buffer = new byte[0];
      endPayloadIfComplete();
    }
    return left.from(more);
  }

  /** Whether {@code soFar} holds the whole head. */
  private boolean tryHead(Octets soFar) {
    BundleHead head;
    try {
      head = headReader.read(soFar);
    } catch (WireException fault) {
      if (!fault.isTruncated()) {
        throw fault;
      }
      if (fault.needed() > options.limits().headBytes()) {
        throw HeadReader.tooLong(options);
      }
      needed = fault.needed();
      headEnd = fault;
      return false;
    }
    consumed = headReader.size();
    payloadLeft = head.payload().length();
    crc = PayloadCrc.of(head.payload());
    stage = Stage.PAYLOAD;
    needed = PayloadEnd.length(head.payload(), headReader.endsWithBreak());
    outputs.add(new Output.Head(head));
    return true;
  }

  private Octets takePayload(Octets left) {
    int size = (int) Math.min(left.size(), payloadLeft);
    Octets payload = left.slice(0, size);
    checksum().update(payload);
    outputs.add(new Output.Payload(payload));
    consumed += size;
    payloadLeft -= size;
    endPayloadIfComplete();
    return left.from(size);
  }

  private void endPayloadIfComplete() {
    if (payloadLeft == 0) {
      stage = Stage.TRAILER;
    }
  }

  private Octets takeTrailer(Octets left) {
    int more = (int) Math.min(left.size(), needed - buffered);
    if (more == needed) {
      end(left.slice(0, more));
      return left.from(more);
    }
    append(left, more);
    if (buffered == needed) {
      end(Octets.wrap(buffer, 0, buffered));
      buffered = 0;
    }
    return left.from(more);
  }

  private void end(Octets found) {
    Octets trailer = checksum().trailer();
    PayloadEnd.check(found, trailer, consumed);
    consumed += found.size();
    stage = Stage.ENDED;
    outputs.add(new Output.End(trailer));
  }

  private PayloadCrc checksum() {
    PayloadCrc running = crc;
    if (running == null) {
      throw new IllegalStateException("payload before head");
    }
    return running;
  }

  private void append(Octets piece, int size) {
    int least = buffered + size;
    if (least > buffer.length) {
      int limit = options.limits().headBytes();
      int room = Math.max(least, Math.min(limit, Math.max(FIRST_BUFFER, 2 * buffer.length)));
      buffer = Arrays.copyOf(buffer, room);
    }
    piece.slice(0, size).copyTo(buffer, buffered);
    buffered = least;
  }
}
