package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import java.nio.charset.StandardCharsets;

/**
 * The name of a stream: one writer's incarnation in one export class. It is the actor of the dots
 * of its operations. Streams of one writer share nothing that one could be told by from another.
 *
 * @param name {@value Dot#ACTOR_SIZE} bytes
 */
public record StreamId(Octets name) implements Comparable<StreamId> {
  /** Length of the name in bytes. */
  public static final int SIZE = Dot.ACTOR_SIZE;

  /** Checks the length. */
  public StreamId {
    if (name.size() != Dot.ACTOR_SIZE) {
      throw new IllegalArgumentException(
          "a stream's name has " + Dot.ACTOR_SIZE + " bytes, not " + name.size());
    }
  }

  /**
   * The name that follows from whose stream it is, so that nobody has to be told of it.
   *
   * @param key the writer's first key
   * @param incarnation how often the writer began anew, unsigned
   * @param exportClass the class's name
   */
  public static StreamId of(VerifyKey key, long incarnation, String exportClass) {
    Octets digest =
        Blake3.plain()
            .use("holdfast stream 1")
            .add(key.octets())
            .addLong(incarnation)
            .add(Octets.wrap(exportClass.getBytes(StandardCharsets.UTF_8)))
            .end(Dot.ACTOR_SIZE);
    return new StreamId(digest);
  }

  /** The dot of one of its operations. */
  public Dot dot(long sequence) {
    return new Dot(name, sequence);
  }

  /** By name. */
  @Override
  public int compareTo(StreamId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name.hex();
  }
}
