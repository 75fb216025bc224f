package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.ContentSketcher;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import dev.holdfast.crdt.digest.StateRoot;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.replica.Frontier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Messages for tests: one of each kind that never changes, and random ones. */
final class Messages {
  static final StateRoot ROOT = new StateRoot(Region.hash(99));

  private Messages() {}

  /** One of each kind, by name. */
  static Map<String, SyncMessage> golden() {
    Region region = new Region(7);
    Region other = new Region(8);
    Chain before = region.chain;
    Block one = region.seal(3);
    Block two = region.seal(2);
    Block theirs = other.seal(4);
    Block forked = region.block(before, 3, region.key, 0, "otherwise");
    KeyRing ring = Region.ring(region);
    KeyStatement rotation = ring.rotate(region.id, 0, 6, region.key, region.key(1));
    ring = ((KeyRing.Added) ring.add(rotation)).ring();
    KeyStatement anew = ring.begin(region.id, 5, region.key(1));

    var reaches = new TreeMap<StreamId, Frontier.Reach>();
    reaches.put(region.stream, Region.reach(two, 100_000));
    Octets head = theirs.header().id().slice(0, Frontier.HEAD_SIZE);
    List<Interval> gaps = List.of(new Interval(2, 2), new Interval(4, 9));
    reaches.put(other.stream, new Frontier.Reach(4, head, gaps, -1));
    Frontier frontier = new Frontier(ROOT, reaches);
    SketchKey salt = new SketchKey(Region.hash(3).slice(0, SketchKey.SALT_BYTES));

    var all = new LinkedHashMap<String, SyncMessage>();
    all.put("delta", new SelfCertified.Delta(Region.CLASS_ID, List.of(one, two, theirs)));
    Signed whole =
        region.sign(
            new FrontierMessage(new FrontierMessage.Whole(WireFrontier.of(frontier)), 1_000_000));
    all.put("frontier", whole);
    all.put("same", region.sign(new FrontierMessage(FrontierMessage.SameAs.of(whole), 70_000)));
    all.put("sketch", region.sign(sketch(frontier, salt, 50)));
    SortedMap<Leaf, CausalContext> awaited = new TreeMap<>();
    awaited.put(leafAt(3), Region.dots(other.stream, 1, 3, 4).join(Region.dots(region.stream, 9)));
    var range = new Snapshot.Range(Octets.ofHex("0102030405060708"), at(1), at(5));
    List<SignedHeader> heads = new ArrayList<>(List.of(two.signed(), theirs.signed()));
    heads.sort((a, b) -> a.header().stream().compareTo(b.header().stream()));
    Block redacted = one.redact(it -> it.sequence() != 2);
    all.put("part", region.sign(new Snapshot(frontier, heads, range, List.of(redacted), awaited)));
    var leaves = new Snapshot.Leaves(new TreeSet<>(List.of(leafAt(1), leafAt(2))));
    all.put(
        "leaves",
        region.sign(new Snapshot(frontier, List.of(), leaves, List.of(), new TreeMap<>())));
    List<Request.Wanted> wanted =
        List.of(
            new Request.Wanted(region.stream, new Interval(4, 4)),
            new Request.Wanted(region.stream, new Interval(6, 900)));
    var named = new Request.Named(salt, List.of(-5L, 7L, 1L << 60));
    all.put("request", region.sign(new Request(wanted, Optional.of(named), true, false, 65_536)));
    all.put("key", new SelfCertified.Key(Region.CLASS_ID, List.of(rotation, anew)));
    ForkProof proof = ForkProof.of(one.signed(), forked.signed()).orElseThrow();
    all.put("proof", new SelfCertified.Proof(Region.CLASS_ID, region.key.verifyKey(), 0, proof));
    all.put("sidecast", region.sign(sidecast(frontier, salt, 9)));
    return all;
  }

  static Sketch sketch(Frontier frontier, SketchKey key, int entries) {
    var random = new SplittableRandom(entries);
    Sketcher sketcher = new Sketcher(0, 0, 60);
    long sum = 0;
    for (int i = 0; i < entries; i++) {
      long name = random.nextLong();
      sketcher.add(name);
      sum ^= name;
    }
    return new Sketch(frontier, key, new SetSum(entries, sum), sketcher.cells().part(1, 3));
  }

  /** A third of the cells of a part of both sketches. */
  static Sidecast sidecast(Frontier frontier, SketchKey key, int entries) {
    var random = new SplittableRandom(entries);
    Sketcher sketcher = new Sketcher(1, 3, 30);
    ContentSketcher contents = new ContentSketcher(key, 0, 2, 8);
    long sum = 0;
    for (int i = 0; i < entries; i++) {
      long name = random.nextLong();
      sketcher.add(name);
      sum ^= name;
      byte[] chunk = new byte[ContentCells.CHUNK];
      random.nextBytes(chunk);
      contents.add(Octets.wrap(chunk));
    }
    return new Sidecast(
        frontier,
        key,
        new SetSum(entries, sum),
        sketcher.cells().part(0, 3),
        entries,
        contents.cells().part(1, 3));
  }

  private static Optional<Leaf> at(int i) {
    return Optional.of(leafAt(i));
  }

  static Leaf leafAt(int i) {
    Kind[] kinds = {Kind.REGISTER, Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.BLOB, Kind.LIST};
    return new Leaf("org.acme:pump-" + i / 6, "p/ü", kinds[i % 6]);
  }

  /** A random frontier. */
  static Frontier frontier(SplittableRandom random, int most) {
    var streams = new TreeMap<StreamId, Frontier.Reach>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      StreamId stream = new StreamId(Region.hash(random.nextLong()).slice(0, StreamId.SIZE));
      streams.put(stream, reach(random));
    }
    return new Frontier(ROOT, streams);
  }

  private static Frontier.Reach reach(SplittableRandom random) {
    long last = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 62));
    Octets head = Region.hash(last).slice(0, Frontier.HEAD_SIZE);
    long age = random.nextInt(3) == 0 ? -1 : random.nextLong(1L << random.nextInt(1, 34));
    List<Interval> heard = new ArrayList<>();
    if (random.nextBoolean()) {
      if (last > 0) {
        heard.add(new Interval(1, last));
      }
    } else {
      long end = -1;
      for (int i = random.nextInt(4); i > 0; i--) {
        long first = end + 2 + random.nextLong(1L << random.nextInt(1, 40));
        end = first + random.nextLong(1L << random.nextInt(1, 40));
        heard.add(new Interval(first, end));
      }
    }
    return new Frontier.Reach(last, head, heard, age);
  }

  /** A random message of a kind that is signed. */
  static Claim claim(SplittableRandom random) {
    SketchKey key = new SketchKey(Region.hash(random.nextLong()).slice(0, SketchKey.SALT_BYTES));
    return switch (random.nextInt(6)) {
      case 0 ->
          new FrontierMessage(
              new FrontierMessage.Whole(WireFrontier.of(frontier(random, 20))),
              random.nextLong(1L << random.nextInt(1, 63)));
      case 1 ->
          new FrontierMessage(
              new FrontierMessage.SameAs(Region.hash(random.nextLong()).slice(0, 16)), 0);
      case 2 -> {
        int entries = random.nextInt(300);
        var sketcher = new Sketcher(random.nextInt(CellRange.MOST_STREAMS), 0, 100);
        for (int i = 0; i < entries; i++) {
          sketcher.add(random.nextLong());
        }
        int parts = random.nextInt(1, 20);
        yield new Sketch(
            frontier(random, 5),
            key,
            new SetSum(entries, random.nextLong()),
            sketcher.cells().part(random.nextInt(parts), parts));
      }
      case 3 -> snapshot(random);
      case 4 -> sidecast(frontier(random, 5), key, random.nextInt(40));
      default -> request(random, key);
    };
  }

  private static Snapshot snapshot(SplittableRandom random) {
    Region region = new Region(random.nextInt(1_000));
    Block block = region.seal(random.nextInt(1, 9));
    Block some = block.redact(_ -> random.nextBoolean());
    var leaves = new TreeSet<Leaf>();
    var awaited = new TreeMap<Leaf, CausalContext>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      leaves.add(leafAt(random.nextInt(40)));
      CausalContext dots = Region.dots(region.stream, random.nextInt(1, 9), 1 + random.nextInt(90));
      awaited.put(leafAt(random.nextInt(40)), dots.join(Region.dots(new Region(1).stream, 5)));
    }
    int from = random.nextInt(20);
    Octets name = Region.hash(from).slice(0, Snapshot.Range.NAME_SIZE);
    Snapshot.Cover cover =
        random.nextBoolean()
            ? new Snapshot.Leaves(leaves)
            : new Snapshot.Range(
                name,
                from < 5 ? Optional.empty() : at(from),
                from > 15 ? Optional.empty() : at(from + 1 + random.nextInt(9)));
    return new Snapshot(
        frontier(random, 5), List.of(block.signed()), cover, List.of(some, block), awaited);
  }

  private static Request request(SplittableRandom random, SketchKey key) {
    List<Request.Wanted> wanted = new ArrayList<>();
    StreamId stream = new Region(random.nextInt(100)).stream;
    long end = -1;
    for (int i = random.nextInt(4); i > 0; i--) {
      long first = end + 2 + random.nextInt(1_000);
      end = first + random.nextInt(3);
      wanted.add(new Request.Wanted(stream, new Interval(first, end)));
    }
    List<Long> names = random.longs(random.nextInt(1, 9)).boxed().toList();
    Optional<Request.Named> named =
        random.nextBoolean() ? Optional.empty() : Optional.of(new Request.Named(key, names));
    return new Request(
        wanted, named, random.nextBoolean(), random.nextBoolean(), random.nextLong(1L << 40));
  }
}
