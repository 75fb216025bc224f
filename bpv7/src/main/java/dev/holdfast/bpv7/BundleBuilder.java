package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.CanonicalBlock.BundleAge;
import dev.holdfast.bpv7.CanonicalBlock.HopCount;
import dev.holdfast.bpv7.CanonicalBlock.PreviousNode;
import dev.holdfast.bpv7.CanonicalBlock.Traffic;
import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes new bundles (RFC 9171 §5.2, step 1), with CRC-32C on the primary block and the payload
 * unless told otherwise.
 *
 * <p>A bundle without a source forbids its fragmentation by itself (§4.2.3). Extension blocks get
 * the numbers 2, 3, … in the order in which they are added. Whatever breaks a rule of the RFC is
 * our own mistake and throws {@link IllegalArgumentException} when the bundle is made. Not for use
 * by several threads.
 */
public final class BundleBuilder {
  private static final Octets INDEFINITE_ARRAY = Octets.ofHex("9f");
  private static final BlockFlags EVERYWHERE = new BlockFlags(BlockFlags.REPLICATE);
  private static final int FIRST_EXTENSION = 2;

  private final Eid destination;
  private Eid source = Eid.NULL;
  private Eid reportTo = Eid.NULL;
  private CreationTimestamp created = new CreationTimestamp(DtnTime.UNKNOWN, 0);
  private long lifetime;
  private BundleFlags flags = BundleFlags.NONE;
  private Optional<FragmentInfo> fragment = Optional.empty();
  private CrcType primaryCrc = CrcType.CRC32C;
  private CrcType payloadCrc = CrcType.CRC32C;
  private CrcType extensionCrc = CrcType.NONE;
  private BlockFlags payloadFlags = BlockFlags.NONE;
  private final List<CanonicalBlock> extensions = new ArrayList<>();

  private BundleBuilder(Eid destination) {
    this.destination = destination;
  }

  /** A new bundle to {@code destination}. */
  public static BundleBuilder to(Eid destination) {
    return new BundleBuilder(destination);
  }

  /** Who makes the bundle; null if not said. */
  public BundleBuilder from(Eid eid) {
    this.source = eid;
    return this;
  }

  /** Who gets the status reports; null if not said. */
  public BundleBuilder reportTo(Eid eid) {
    this.reportTo = eid;
    return this;
  }

  /** When it is made; with an unknown time, {@link #age} is due too. */
  public BundleBuilder created(CreationTimestamp timestamp) {
    this.created = timestamp;
    return this;
  }

  /** How long it is of use, in milliseconds, unsigned. */
  public BundleBuilder lifetime(long millis) {
    this.lifetime = millis;
    return this;
  }

  /** The processing flags; {@link BundleFlags#IS_FRAGMENT} is set by {@link #fragment}. */
  public BundleBuilder flags(BundleFlags bundleFlags) {
    this.flags = bundleFlags;
    return this;
  }

  /** Makes the bundle a fragment. */
  public BundleBuilder fragment(FragmentInfo place) {
    this.fragment = Optional.of(place);
    return this;
  }

  /** The checksum of the primary block. */
  public BundleBuilder primaryCrc(CrcType type) {
    this.primaryCrc = type;
    return this;
  }

  /** The checksum of the payload block. */
  public BundleBuilder payloadCrc(CrcType type) {
    this.payloadCrc = type;
    return this;
  }

  /** The checksum of the extension blocks that are added from now on; none if not said. */
  public BundleBuilder extensionCrc(CrcType type) {
    this.extensionCrc = type;
    return this;
  }

  /** The flags of the payload block. */
  public BundleBuilder payloadFlags(BlockFlags blockFlags) {
    this.payloadFlags = blockFlags;
    return this;
  }

  /** Adds a Previous Node block. */
  public BundleBuilder previousNode(Eid node) {
    extensions.add(new PreviousNode(nextHeader(BlockFlags.NONE), node));
    return this;
  }

  /** Adds a Bundle Age block, replicated in fragments. */
  public BundleBuilder age(long millis) {
    extensions.add(new BundleAge(nextHeader(EVERYWHERE), millis));
    return this;
  }

  /** Adds a Hop Count block, replicated in fragments; {@code limit} is 1..255. */
  public BundleBuilder hopLimit(int limit) {
    return hopCount(limit, 0);
  }

  /** Adds a Hop Count block with hops already made. */
  public BundleBuilder hopCount(int limit, long count) {
    if (limit < 1 || limit > 255) { // RFC 9171 §4.4.3
      throw new IllegalArgumentException("the hop limit is 1 to 255, not " + limit);
    }
    extensions.add(new HopCount(nextHeader(EVERYWHERE), limit, count));
    return this;
  }

  /** Adds our traffic class block under type code {@code type}, replicated in fragments. */
  public BundleBuilder traffic(
      long type, TrafficClass trafficClass, int ordinal, boolean critical, boolean bestEffort) {
    extensions.add(
        new Traffic(nextHeader(EVERYWHERE), type, trafficClass, ordinal, critical, bestEffort));
    return this;
  }

  /** Adds a block of any other type. */
  public BundleBuilder block(long type, BlockFlags blockFlags, Octets data) {
    extensions.add(new Unknown(nextHeader(blockFlags), type, data));
    return this;
  }

  /** Adds a block as it is, number included. */
  public BundleBuilder block(CanonicalBlock block) {
    extensions.add(block);
    return this;
  }

  private BlockHeader nextHeader(BlockFlags blockFlags) {
    return new BlockHeader(FIRST_EXTENSION + extensions.size(), blockFlags, extensionCrc);
  }

  /** The bundle with this payload. */
  public Bundle build(Octets payload) {
    return BundleWriter.bundle(head(payload.size()), payload);
  }

  /**
   * The bundle's head alone, for a payload that comes from elsewhere: write the head, the payload,
   * and what {@link PayloadCrc} says ends the bundle.
   */
  public BundleHead head(long payloadLength) {
    PrimaryBlock primary =
        new PrimaryBlock(
            effectiveFlags(),
            primaryCrc,
            destination,
            source,
            reportTo,
            created,
            lifetime,
            fragment,
            Octets.EMPTY);
    CborWriter writer = new CborWriter(160 + 32 * extensions.size());
    writer.raw(INDEFINITE_ARRAY);
    PrimaryBlockCodec.write(writer, primary);
    int[] ends = new int[extensions.size() + 1];
    ends[0] = writer.position();
    for (int i = 0; i < extensions.size(); i++) {
      ExtensionBlockCodec.write(writer, extensions.get(i));
      ends[i + 1] = writer.position();
    }
    BundleWriter.writePayloadHeader(writer, payloadFlags, payloadCrc, payloadLength);
    BundleHead head = sliced(primary, writer.finish(), ends, payloadLength);
    check(head);
    return head;
  }

  private BundleFlags effectiveFlags() {
    BundleFlags effective =
        fragment.isPresent()
            ? flags.with(BundleFlags.IS_FRAGMENT)
            : flags.without(BundleFlags.IS_FRAGMENT);
    return source.isNull() ? effective.with(BundleFlags.MUST_NOT_FRAGMENT) : effective;
  }

  private BundleHead sliced(PrimaryBlock primary, Octets bytes, int[] ends, long payloadLength) {
    List<Extension> encoded = new ArrayList<>(extensions.size());
    for (int i = 0; i < extensions.size(); i++) {
      encoded.add(new Extension(extensions.get(i), bytes.slice(ends[i], ends[i + 1])));
    }
    Octets payloadBytes = bytes.from(ends[extensions.size()]);
    return new BundleHead(
        PrimaryBlockCodec.withEncoded(primary, bytes.slice(1, ends[0])),
        encoded,
        new PayloadHeader(payloadFlags, payloadCrc, payloadLength, payloadBytes),
        bytes);
  }

  private static void check(BundleHead head) {
    try {
      BundleRules.checkNew(head);
    } catch (WireException fault) {
      throw new IllegalArgumentException(fault.section() + ": " + fault.reason(), fault);
    }
  }
}
