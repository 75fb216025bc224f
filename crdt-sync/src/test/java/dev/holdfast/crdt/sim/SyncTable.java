package dev.holdfast.crdt.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.SyncSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to be in step, in bytes and round trips: two regions with so many leaves, and so
 * many differences, half of them written on each side. Bytes are of messages both ways; a bundle
 * adds some 100 each.
 *
 * <pre>
 *   SyncTable LEAVES DIFFERENCES...
 * </pre>
 */
final class SyncTable {
  private static final long MINUTE = 60_000;
  private static final long OWLT = 20 * MINUTE;
  private static final int THING_LEAVES = 20;
  private static final int BATCH = 2_000;
  private static final String LINE = "%-10s %9s | %9s %9s %9s %9s | %10s %6s%n";

  /** How the two know each other before they meet. */
  private enum Case {
    /** Each was heard by the other after all that both have. */
    WARM,
    /** Nothing is known of the other. */
    COLD,
    /** Nothing is known of the other, and no blocks are kept whole from before they differed. */
    TRUNCATED,
    /** Nothing is known of the other, and no blocks are kept whole, of what differs neither. */
    REDACTED
  }

  private SyncTable() {}

  /** Prints the table. */
  public static void main(String[] args) {
    int leaves = Integer.parseInt(args[0]);
    PrintStream out = System.out;
    out.printf(LINE, "", "differ", "FRONTIER", "SKETCH", "DELTA", "other", "bytes", "RTT");
    for (Case each : Case.values()) {
      for (int i = 1; i < args.length; i++) {
        run(out, leaves, Integer.parseInt(args[i]), each);
      }
    }
  }

  private static void run(PrintStream out, int leaves, int differences, Case each) {
    SyncWorld world = new SyncWorld(2, 1, SyncSettings.DEFAULT);
    for (int from = 0; from < leaves; from += BATCH) {
      write(world, 0, from, Math.min(leaves, from + BATCH), "before");
    }
    for (int pass = 0; pass < 2; pass++) {
      world.contact(0, 1, world.now + 1, 400 * MINUTE, OWLT);
      world.runUntil(world.now + 500 * MINUTE);
    }
    if (!world.isSame()) {
      throw new IllegalStateException("not in step before");
    }
    if (each == Case.COLD || each == Case.TRUNCATED) {
      forget(world, each);
    }
    int half = differences / 2;
    for (int n = 0; n < 2; n++) {
      int first = n == 0 ? 0 : half;
      int last = n == 0 ? half : differences;
      for (int i = first; i < last; i += BATCH) {
        List<Edit> edits = new ArrayList<>();
        for (int k = i; k < Math.min(last, i + BATCH); k++) {
          edits.add(edit((int) (7_919L * k % leaves), "after"));
        }
        world.region(n).edit(world.now, edits.toArray(new Edit[0]));
      }
    }
    if (each == Case.REDACTED) {
      forget(world, each);
    }
    world.bytes.clear();
    long start = world.now + 1;
    world.contact(0, 1, start, 4_000 * MINUTE, OWLT);
    double trips = -1;
    for (int step = 1; step <= 20 && trips < 0; step++) {
      world.runUntil(start + step * OWLT);
      trips = world.isSame() ? step / 2.0 : -1;
    }
    print(out, world, differences, each, trips);
  }

  private static void print(
      PrintStream out, SyncWorld world, int differences, Case each, double trips) {
    long frontier = world.bytes.getOrDefault(MessageKind.FRONTIER, 0L);
    long sketch = world.bytes.getOrDefault(MessageKind.SKETCH, 0L);
    long delta = world.bytes.getOrDefault(MessageKind.DELTA, 0L);
    long total = world.total();
    out.printf(
        LINE,
        each,
        differences,
        frontier,
        sketch,
        delta,
        total - frontier - sketch - delta,
        total,
        trips);
  }

  private static void forget(SyncWorld world, Case each) {
    for (SimRegion region : world.regions) {
      if (each != Case.COLD) {
        region.sync.seal();
        for (StreamId stream : region.replica.streams()) {
          region.replica.truncate(stream, Long.MAX_VALUE);
        }
        region.commit(List.of());
      }
      region.forgetPeers();
    }
  }

  private static void write(SyncWorld world, int n, int from, int to, String value) {
    List<Edit> edits = new ArrayList<>();
    for (int i = from; i < to; i++) {
      edits.add(edit(i, value));
    }
    world.region(n).edit(world.now, edits.toArray(new Edit[0]));
  }

  private static Edit edit(int number, String value) {
    Leaf leaf =
        new Leaf(
            "org.acme:thing-" + number / THING_LEAVES,
            "features/f/properties/p" + number % THING_LEAVES,
            Kind.REGISTER);
    String text = value + " " + number;
    return new Edit.Write(leaf, Octets.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
