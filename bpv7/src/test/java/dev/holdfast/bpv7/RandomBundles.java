package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An endless row of bundles that keep every rule of RFC 9171, decided by one seed: all forms of
 * endpoint identifiers, flags (reserved bits too), checksums, extension blocks known and unknown,
 * fragments, clockless sources, anonymous sources, administrative records.
 */
public final class RandomBundles {
  private static final List<String> NAMES =
      List.of("n", "node-7", "gate.way", "earth_1", "a%20b", "x~y!$&'()*+,;=");
  private static final List<String> DEMUXES =
      List.of("", "in", "~news", "a/b/c", "q?x=1#f", "\"<>");

  private final RandomGenerator random;

  /** The row of that seed. */
  public RandomBundles(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** The next bundle, with a payload of up to 300 bytes. */
  public Bundle next() {
    return next(random.nextInt(301));
  }

  /** The next bundle, with a payload of that many bytes. */
  public Bundle next(int payloadSize) {
    Octets payload = octets(payloadSize);
    BundleBuilder builder = BundleBuilder.to(eid());
    boolean anonymous = one(8);
    boolean admin = one(8);
    if (anonymous) {
      builder.from(one(2) ? Eid.NULL : new IpnEid(0, 0, number(), one(2)));
    } else {
      builder.from(namedEid());
    }
    builder.reportTo(eid()).lifetime(number()).flags(flags(anonymous, admin));
    boolean clockless = one(4);
    builder.created(
        new CreationTimestamp(clockless ? DtnTime.UNKNOWN : new DtnTime(number() | 1), number()));
    if (one(4)) {
      long total = payloadSize + 1L + Math.max(0, random.nextLong(1L << random.nextInt(1, 62)));
      long offset = random.nextLong(total - payloadSize + 1);
      builder.fragment(new FragmentInfo(offset, total));
    }
    builder.payloadCrc(crc()).payloadFlags(blockFlags(anonymous || admin));
    builder.primaryCrc(one(2) ? CrcType.CRC32C : CrcType.CRC16);
    blocks(builder, clockless, anonymous || admin);
    return builder.build(payload);
  }

  private void blocks(BundleBuilder builder, boolean clockless, boolean silent) {
    long number = 2;
    if (clockless || one(4)) {
      builder.block(new CanonicalBlock.BundleAge(header(number++, silent), number()));
    }
    if (one(3)) {
      builder.block(new CanonicalBlock.PreviousNode(header(number++, silent), eid()));
    }
    if (one(3)) {
      int limit = 1 + random.nextInt(255);
      builder.block(new CanonicalBlock.HopCount(header(number++, silent), limit, number()));
    }
    if (one(3)) {
      builder.block(
          new CanonicalBlock.Traffic(
              header(number++, silent),
              one(4) ? BlockType.ION_QUALITY_OF_SERVICE : CanonicalBlock.Traffic.DEFAULT_TYPE,
              TrafficClass.of(random.nextInt(4)).orElseThrow(),
              random.nextInt(256),
              one(2),
              one(2)));
    }
    if (one(6)) { // A block integrity block over the primary, which then needs no CRC.
      Octets securityBlock =
          new CborWriter(16).array(2).unsigned(1).unsigned(0).end().unsigned(1).finish();
      builder.block(new CanonicalBlock.Unknown(header(number++, silent), 11, securityBlock));
      builder.primaryCrc(CrcType.NONE);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      // Numbers need not be small nor in order.
      long free = one(2) ? number++ : number++ | (1L << (20 + random.nextInt(44)));
      builder.block(
          new CanonicalBlock.Unknown(
              header(free, silent), unknownType(), octets(random.nextInt(40))));
    }
  }

  private BundleFlags flags(boolean anonymous, boolean admin) {
    long bits = random.nextLong() & 0x1f_ffff;
    if (one(8)) {
      bits = random.nextLong();
    }
    BundleFlags flags = new BundleFlags(bits).without(BundleFlags.ADMIN_RECORD);
    if (admin) {
      flags = flags.with(BundleFlags.ADMIN_RECORD);
    }
    if (anonymous || admin) {
      flags =
          flags.without(
              BundleFlags.REPORT_RECEPTION
                  | BundleFlags.REPORT_FORWARDING
                  | BundleFlags.REPORT_DELIVERY
                  | BundleFlags.REPORT_DELETION);
    }
    return flags;
  }

  private BlockHeader header(long number, boolean silent) {
    return new BlockHeader(number, blockFlags(silent), crc());
  }

  private BlockFlags blockFlags(boolean silent) {
    long bits = one(8) ? random.nextLong() : random.nextInt(32);
    return new BlockFlags(silent ? bits & ~BlockFlags.REPORT_UNPROCESSED : bits);
  }

  private CrcType crc() {
    return switch (random.nextInt(3)) {
      case 0 -> CrcType.NONE;
      case 1 -> CrcType.CRC16;
      default -> CrcType.CRC32C;
    };
  }

  private long unknownType() {
    return one(2) ? 2 + random.nextInt(4) : 1_000 + (number() >>> 1);
  }

  /** Any endpoint identifier. */
  public Eid eid() {
    return one(8) ? Eid.NULL : one(10) ? unknownEid() : namedEid();
  }

  private Eid namedEid() {
    if (one(3)) {
      return new DtnEid(pick(NAMES), pick(DEMUXES));
    }
    long allocator = one(2) ? 0 : number() & 0xffff_ffffL;
    long node = 1 + (number() & 0xffff_fffeL);
    return new IpnEid(allocator, Math.min(node, 0xffff_ffffL), number(), one(2));
  }

  private Eid unknownEid() {
    CborWriter part = new CborWriter(16);
    switch (random.nextInt(3)) {
      case 0 -> part.text("any thing");
      case 1 -> part.array(2).integer(-number() >>> 1).bytes(octets(3)).end();
      default -> part.map(1).key(number() >>> 1).array(0).end().endMap();
    }
    return new UnknownEid(3 + (number() >>> 1), part.finish());
  }

  /** An unsigned number of any size, the edges of CBOR's widths often among them. */
  public long number() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(24);
      case 1 -> (1L << (8 << random.nextInt(3))) - random.nextInt(2);
      case 2 -> -1L - random.nextInt(2);
      case 3 -> random.nextInt(100_000);
      default -> random.nextLong() >>> random.nextInt(64);
    };
  }

  /** That many random bytes. */
  public Octets octets(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  /** The generator below, for choices that go with the bundles. */
  public RandomGenerator random() {
    return random;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
