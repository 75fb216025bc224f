package dev.holdfast.bpv7.fragment;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.BundleId.Extent;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.wire.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which bytes of which fragments make up one application data unit (RFC 9171 §5.9).
 *
 * <p>Fragments may come in any order, twice, and overlap; the bytes that came first win. It follows
 * from the fragments and their order alone, so after a restart it is rebuilt from those that are
 * held. Not for use by several threads.
 */
public final class Reassembly {
  /**
   * A run of bytes that one fragment gives.
   *
   * @param fragment the fragment
   * @param from where the run begins in the fragment's payload
   * @param offset where it begins in the whole
   * @param length how many bytes
   */
  public record Piece(BundleId fragment, long from, long offset, long length) {
    /** One past its last byte in the whole. */
    public long end() {
      return offset + length;
    }
  }

  /** What a fragment brought. */
  public sealed interface Outcome {
    /**
     * Bytes that were missing.
     *
     * @param bytes how many
     */
    record Added(long bytes) implements Outcome {}

    /** Nothing that was not there already. */
    record Redundant() implements Outcome {}

    /**
     * It cannot be a part of this.
     *
     * @param reason why, for people
     */
    record Refused(String reason) implements Outcome {}
  }

  private static final Outcome REDUNDANT = new Outcome.Redundant();

  private final BundleId whole;
  private final long totalLength;
  private final int maxPieces;
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();
  private long present;

  private Reassembly(BundleId whole, long totalLength, Limits limits) {
    this.whole = whole;
    this.totalLength = totalLength;
    this.maxPieces = limits.fragments();
  }

  /**
   * The reassembly that a fragment begins; empty if the whole would be longer than the limit on
   * payloads. The fragment itself is yet to be added.
   */
  public static Optional<Reassembly> of(BundleId fragment, FragmentInfo place, Limits limits) {
    long total = place.totalLength();
    return total < 1 || total > limits.payloadBytes()
        ? Optional.empty()
        : Optional.of(new Reassembly(fragment.original(), total, limits));
  }

  /** The bundle that is being put together. */
  public BundleId whole() {
    return whole;
  }

  /** How many bytes it has in the end. */
  public long totalLength() {
    return totalLength;
  }

  /** How many of them are there. */
  public long present() {
    return present;
  }

  /** Whether all are there. */
  public boolean isComplete() {
    return present == totalLength;
  }

  /**
   * Adds a fragment of the bundle.
   *
   * @param fragment its identity, with its extent
   * @param place the place that its primary block gives
   */
  public Outcome add(BundleId fragment, FragmentInfo place) {
    if (fragment.extent().isEmpty() || !fragment.original().equals(whole)) {
      return new Outcome.Refused("not a fragment of " + whole);
    }
    if (place.totalLength() != totalLength) { // RFC 9171 §5.9
      return new Outcome.Refused(
          "a fragment of "
              + Long.toUnsignedString(place.totalLength())
              + " bytes in all, others say "
              + totalLength);
    }
    Extent extent = fragment.extent().get();
    if (extent.offset() < 0
        || extent.length() < 0
        || extent.offset() > totalLength - extent.length()) { // RFC 9171 §5.8
      return new Outcome.Refused("its bytes reach beyond the whole");
    }
    List<Piece> gaps = gaps(fragment, extent);
    if (gaps.isEmpty()) {
      return REDUNDANT;
    }
    if (pieces.size() + gaps.size() > maxPieces) {
      return new Outcome.Refused("more than " + maxPieces + " pieces");
    }
    long added = 0;
    for (Piece piece : gaps) {
      pieces.put(piece.offset(), piece);
      added += piece.length();
    }
    present += added;
    return new Outcome.Added(added);
  }

  /** The parts of an extent that are not there yet. */
  private List<Piece> gaps(BundleId fragment, Extent extent) {
    List<Piece> gaps = new ArrayList<>();
    long at = extent.offset();
    Map.Entry<Long, Piece> before = pieces.floorEntry(at);
    if (before != null) {
      at = Math.max(at, before.getValue().end());
    }
    while (at < extent.end()) {
      Map.Entry<Long, Piece> next = pieces.ceilingEntry(at);
      long to = next == null ? extent.end() : Math.min(extent.end(), next.getValue().offset());
      if (to > at) {
        gaps.add(new Piece(fragment, at - extent.offset(), at, to - at));
      }
      at = next == null ? extent.end() : next.getValue().end();
    }
    return gaps;
  }

  /** The pieces that are there, in the order of the whole. */
  public List<Piece> pieces() {
    return List.copyOf(pieces.values());
  }

  /**
   * The fragment whose extension blocks the whole bundle gets: the first that came of those that
   * begin at offset zero. Empty until one has.
   */
  public Optional<BundleId> first() {
    return Optional.ofNullable(pieces.get(0L)).map(Piece::fragment);
  }

  /**
   * The head of the whole bundle: the primary block no longer a fragment's, the extension blocks of
   * the fragment at offset zero, the payload's length that of the whole. For the whole's last bytes
   * see {@link dev.holdfast.bpv7.PayloadCrc}.
   *
   * @throws IllegalArgumentException if {@code first} is not a fragment at offset zero
   */
  public static BundleHead wholeHead(BundleHead first) {
    FragmentInfo place =
        first
            .primary()
            .fragment()
            .filter(f -> f.offset() == 0)
            .orElseThrow(() -> new IllegalArgumentException("not a fragment at offset zero"));
    PayloadHeader payload = first.payload();
    return BundleWriter.head(
        BundleWriter.refragmented(first.primary(), Optional.empty()),
        first.extensions(),
        BundleWriter.payloadHeader(payload.flags(), payload.crc(), place.totalLength()));
  }
}
