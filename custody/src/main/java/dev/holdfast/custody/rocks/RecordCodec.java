package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenWindow;
import dev.holdfast.custody.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records as bytes. Each begins with the number of its version, so that a later gateway can read
 * what an earlier one wrote, and an earlier one refuses what a later one wrote. Pure.
 */
final class RecordCodec {
  private static final int VERSION = 1;

  /** The record of a held bundle that has copies; without any it is as before. */
  private static final int SPREAD_VERSION = 2;

  private static final int CRITICAL = 1;
  private static final int BEST_EFFORT = 2;
  private static final int MAY_FRAGMENT = 4;
  private static final int CLOCKLESS = 8;
  private static final int REPORTS = 16;
  private static final int WALL_TRUSTED = 32;
  private static final int FROM_KNOWN = 64;
  private static final int FRAGMENT = 128;

  private RecordCodec() {}

  static RecordWriter held(RecordWriter out, HeldBundle b) {
    BundleId id = b.id();
    boolean spread = !b.progress().copies().equals(HeldBundle.Copies.NONE);
    out.u8(spread ? SPREAD_VERSION : VERSION).u8(flags(b)).varint(b.key().sequence());
    out.eid(id.source()).varint(id.created().time().millis()).varint(id.created().sequence());
    id.extent().ifPresent(e -> out.varint(e.offset()).varint(e.length()));
    out.u8(b.queue().kind().code()).eid(b.queue().eid()).eid(b.destination());
    out.u8(b.service().trafficClass().code()).u8(b.service().ordinal());
    out.varint(b.expiry().millis()).varint(b.lifetime());
    AgeMark age = b.age();
    out.varint(age.ageMillis()).u64(age.bootId()).varint(age.bootMillis());
    out.varint(age.wall().millis());
    HeldBundle.Sizes sizes = b.sizes();
    out.varint(sizes.head()).varint(sizes.payload()).varint(sizes.trailer());
    b.from().ifPresent(node -> out.eid(node.eid()));
    out.varint(b.progress().sent()).varint(b.progress().fetches());
    HeldBundle.Copies copies = b.progress().copies();
    return spread ? out.varint(copies.given()).varint(copies.left()) : out;
  }

  private static int flags(HeldBundle b) {
    HeldBundle.Service s = b.service();
    return (s.critical() ? CRITICAL : 0)
        | (s.bestEffort() ? BEST_EFFORT : 0)
        | (s.mayFragment() ? MAY_FRAGMENT : 0)
        | (s.clockless() ? CLOCKLESS : 0)
        | (s.reports() ? REPORTS : 0)
        | (b.age().wallTrusted() ? WALL_TRUSTED : 0)
        | (b.from().isPresent() ? FROM_KNOWN : 0)
        | (b.id().extent().isPresent() ? FRAGMENT : 0);
  }

  static HeldBundle held(byte[] record) {
    RecordReader in = new RecordReader("the record of a held bundle", record);
    boolean spread = version(in, SPREAD_VERSION) == SPREAD_VERSION;
    int flags = in.u8();
    HeldKey key = new HeldKey(in.varint());
    BundleId id =
        new BundleId(
            in.eid(),
            new CreationTimestamp(new DtnTime(in.varint()), in.varint()),
            (flags & FRAGMENT) == 0
                ? Optional.empty()
                : Optional.of(new BundleId.Extent(in.varint(), in.varint())));
    HeldBundle bundle =
        new HeldBundle(
            key,
            id,
            new QueueKey(in.waitKind(), in.eid()),
            in.eid(),
            service(in, flags),
            new DtnTime(in.varint()),
            in.varint(),
            age(in, flags),
            new HeldBundle.Sizes(in.varint31(), in.varint(), in.varint31()),
            from(in, flags),
            new HeldBundle.Progress(
                in.varint(),
                in.varint31(),
                spread
                    ? new HeldBundle.Copies(in.varint31(), in.varint31())
                    : HeldBundle.Copies.NONE));
    in.end();
    return bundle;
  }

  private static HeldBundle.Service service(RecordReader in, int flags) {
    return new HeldBundle.Service(
        in.trafficClass(),
        in.u8(),
        (flags & CRITICAL) != 0,
        (flags & BEST_EFFORT) != 0,
        (flags & MAY_FRAGMENT) != 0,
        (flags & CLOCKLESS) != 0,
        (flags & REPORTS) != 0);
  }

  private static AgeMark age(RecordReader in, int flags) {
    return new AgeMark(
        in.varint(), in.u64(), in.varint(), new DtnTime(in.varint()), (flags & WALL_TRUSTED) != 0);
  }

  private static Optional<NodeId> from(RecordReader in, int flags) {
    if ((flags & FROM_KNOWN) == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NodeId(in.eid()));
    } catch (IllegalArgumentException notANode) {
      throw in.corrupt("names a node that is none");
    }
  }

  static byte[] seen(SeenWindow window) {
    RecordWriter out = new RecordWriter().u8(VERSION).u64(window.until().millis());
    out.varint(window.runs().size());
    window.runs().forEach(run -> out.u8(run.first()).u8(run.last()));
    out.varint(window.parts().size());
    window.parts().forEach(p -> out.u8(p.offset()).varint(p.from()).varint(p.to()));
    return out.toBytes();
  }

  static SeenWindow seen(byte[] record) {
    RecordReader in = new RecordReader("the record of a remembered bundle", record);
    requireVersion(in, VERSION);
    DtnTime until = new DtnTime(in.u64());
    int runCount = in.varint31();
    List<SeenWindow.Run> runs = new ArrayList<>();
    for (int i = 0; i < runCount; i++) {
      runs.add(new SeenWindow.Run(in.u8(), in.u8()));
    }
    int partCount = in.varint31();
    List<SeenWindow.Part> parts = new ArrayList<>();
    for (int i = 0; i < partCount; i++) {
      parts.add(new SeenWindow.Part(in.u8(), in.varint(), in.varint()));
    }
    in.end();
    return new SeenWindow(until, runs, parts);
  }

  static void requireVersion(RecordReader in, int known) {
    var _ = version(in, known);
  }

  /** The version of a record, of those from 1 to the latest known. */
  private static int version(RecordReader in, int known) {
    int version = in.u8();
    if (version < VERSION || version > known) {
      throw new StoreException(
          StoreException.Kind.FORMAT,
          "a record has version "
              + version
              + ", this gateway knows "
              + known
              + ": use a newer one");
    }
    return version;
  }
}
