package dev.holdfast.custody;

import dev.holdfast.bpv7.eid.Eid;
import java.util.Optional;

/**
 * What a held bundle waits for; its queue is the key range of all bundles that wait for the same.
 *
 * @param kind the kind of wait
 * @param eid the destination node's administrative endpoint (or the whole endpoint if its scheme is
 *     unknown) for {@link Wait#FORWARD}, the local endpoint otherwise
 */
public record QueueKey(Wait kind, Eid eid) implements Comparable<QueueKey> {
  /** Kinds of wait. */
  public enum Wait {
    /** To be forwarded to another node (RFC 9171 §5.4). */
    FORWARD(0),
    /** To be fetched and acknowledged by the application of a local endpoint (§5.7). */
    DELIVER(1),
    /** A fragment for a local endpoint, waiting for the others (§5.9). */
    REASSEMBLE(2);

    private static final Wait[] BY_CODE = values();

    private final int code;

    Wait(int code) {
      this.code = code;
    }

    /** The code under which stores keep it. */
    public int code() {
      return code;
    }

    /** The kind of that code, if there is one. */
    public static Optional<Wait> of(int code) {
      return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
  }

  /** By kind, then endpoint: an order that never changes. */
  @Override
  public int compareTo(QueueKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : EidOrder.BY_EID.compare(eid, other.eid);
  }
}
