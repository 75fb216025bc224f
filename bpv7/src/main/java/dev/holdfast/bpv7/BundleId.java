package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.Eid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells one bundle from all others (RFC 9171 §4.2.7): source, creation timestamp and, for a
 * fragment, its extent.
 *
 * @param source source node's endpoint
 * @param created creation timestamp
 * @param extent the payload extent if the bundle is a fragment
 */
public record BundleId(Eid source, CreationTimestamp created, Optional<Extent> extent) {
  /**
   * The part of an application data unit that a fragment carries.
   *
   * @param offset first byte, unsigned
   * @param length payload length in bytes
   */
  public record Extent(long offset, long length) {
    /** One past the last byte. */
    public long end() {
      return offset + length;
    }
  }

  /** The identity of a bundle that is no fragment. */
  public static BundleId whole(Eid source, CreationTimestamp created) {
    return new BundleId(source, created, Optional.empty());
  }

  /** Spelled out, since every bundle is looked up several times. */
  @Override
  public int hashCode() {
    int whole = 31 * source.hashCode() + created.hashCode();
    return extent.isEmpty() ? whole : 31 * whole + extent.get().hashCode();
  }

  /** Spelled out for the same reason: what most often differs comes first. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof BundleId id
            && created.equals(id.created)
            && source.equals(id.source)
            && extent.equals(id.extent));
  }

  /** The identity of the bundle this is a fragment of, or this. */
  public BundleId original() {
    return extent.isEmpty() ? this : whole(source, created);
  }

  /**
   * For people and URLs: {@code ipn:1.42/823456789012-0} and {@code …/+offset:length} for a
   * fragment.
   */
  @Override
  public String toString() {
    String whole = source + "/" + created;
    return extent
        .map(
            e ->
                whole
                    + "/+"
                    + Long.toUnsignedString(e.offset)
                    + ":"
                    + Long.toUnsignedString(e.length))
        .orElse(whole);
  }
}
