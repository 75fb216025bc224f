package dev.holdfast.gateway.opportunistic;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The bundles that a node has or had, as far as it is told: 64-bit digests of their identities, the
 * latest of them up to a limit.
 *
 * <p>A digest is the first eight bytes of SHA-256 over the CBOR array {@code [source, time,
 * sequence]}, for a fragment {@code [source, time, sequence, offset, length]}. Two bundles of the
 * same digest cost one of them a copy, never the bundle itself. For one thread.
 */
public final class SummaryVector {
  /** Bytes of one digest. */
  static final int WIDTH = Long.BYTES;

  private final int limit;
  private final SequencedSet<Long> digests = new LinkedHashSet<>();

  /** Empty, for at most {@code limit} bundles. */
  public SummaryVector(int limit) {
    this.limit = limit;
  }

  /** The digest of a bundle's identity. */
  public static long digest(BundleId id) {
    CborWriter writer = new CborWriter(64).array(id.extent().isPresent() ? 5 : 3);
    Eids.write(writer, id.source());
    writer.unsigned(id.created().time().millis()).unsigned(id.created().sequence());
    id.extent().ifPresent(e -> writer.unsigned(e.offset()).unsigned(e.length()));
    byte[] hash = sha256().digest(writer.end().finish().toByteArray());
    return ByteBuffer.wrap(hash).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Adds a bundle; the one added first goes if there are too many. */
  public void add(long digest) {
    if (digests.add(digest) && digests.size() > limit) {
      digests.removeFirst();
    }
  }

  /** Takes a bundle out. */
  public void remove(long digest) {
    digests.remove(digest);
  }

  /** Whether the bundle is in it. */
  public boolean contains(long digest) {
    return digests.contains(digest);
  }

  /** How many bundles are in it. */
  public int size() {
    return digests.size();
  }

  /** The digests one after another, in the order in which they were added. */
  Octets encode() {
    ByteBuffer bytes = ByteBuffer.allocate(digests.size() * WIDTH);
    digests.forEach(bytes::putLong);
    return Octets.wrap(bytes.array());
  }

  /** Adds all digests that are written there. */
  public void addAll(Octets encoded) {
    ByteBuffer bytes = encoded.asByteBuffer();
    while (bytes.remaining() >= WIDTH) {
      add(bytes.getLong());
    }
  }
}
