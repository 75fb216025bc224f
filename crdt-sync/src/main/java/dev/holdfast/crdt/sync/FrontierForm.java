package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.StateRoot;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Frontier.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A frontier as octets, its streams under their names or the beginnings of these.
 *
 * <pre>
 *   [root, streams]         streams: a byte string of
 *     how many streams; of each name and head, in the order of names
 *     of each the last number that its chain covers
 *     of each its age, 16 bits
 *     how many are not heard from 1 to their last; of each of these its place after the one before,
 *       how many intervals, and of each interval the gap before it, and its length, less 1
 * </pre>
 */
final class FrontierForm {
  private static final Octets NO_HEAD = Octets.wrap(new byte[Frontier.HEAD_SIZE]);

  private FrontierForm() {}

  /** What is read; the names are as long as was said. */
  record Names(StateRoot root, SortedMap<Octets, Reach> streams) {}

  /** As it is after writing and reading: ages are coarser, and without a block there is no head. */
  static Reach carried(Reach reach) {
    return new Reach(
        reach.last(),
        reach.last() == 0 ? NO_HEAD : reach.head(),
        reach.heard(),
        Age.seconds(Age.code(reach.ageSeconds())));
  }

  /** Likewise, of every stream. */
  static Frontier carried(Frontier frontier) {
    var streams = new TreeMap<StreamId, Reach>();
    frontier.streams().forEach((stream, reach) -> streams.put(stream, carried(reach)));
    return new Frontier(frontier.root(), streams);
  }

  static void write(CborWriter to, Frontier frontier) {
    var named = new TreeMap<Octets, Reach>();
    frontier.streams().forEach((stream, reach) -> named.put(stream.name(), reach));
    write(to, frontier.root(), named);
  }

  static void write(CborWriter to, StateRoot root, SortedMap<Octets, Reach> streams) {
    var out = new Numbers();
    out.put(streams.size());
    streams.forEach(
        (name, reach) -> {
          out.put(name);
          out.put(reach.last() == 0 ? NO_HEAD : reach.head());
        });
    streams.values().forEach(reach -> out.put(reach.last()));
    streams.values().forEach(reach -> out.put(age(reach)));
    out.put(streams.values().stream().filter(reach -> !reach.isWhole()).count());
    int place = 0;
    for (Reach reach : streams.values()) {
      if (reach.isWhole()) {
        place++;
      } else {
        out.put(place);
        writeIntervals(out, reach.heard());
        place = 0;
      }
    }
    to.array(2).bytes(root.digest()).bytes(out.octets()).end();
  }

  private static Octets age(Reach reach) {
    int code = Age.code(reach.ageSeconds());
    return Octets.wrap(new byte[] {(byte) (code >>> 8), (byte) code});
  }

  /** Writes how many intervals there are, and of each the gap before it and its length, less 1. */
  static void writeIntervals(Numbers out, List<Interval> heard) {
    out.put(heard.size());
    long least = 1;
    for (Interval interval : heard) {
      if (interval.first() < least || interval.last() > Header.LAST_MAX) {
        throw new IllegalArgumentException("intervals not in order, or too close: " + heard);
      }
      out.put(interval.first() - least);
      out.put(interval.last() - interval.first());
      least = interval.last() + 2; // what follows at once belongs to the interval before
    }
  }

  static Frontier read(CborReader from, SyncLimits limits) {
    Names names = read(from, StreamId.SIZE, limits);
    var streams = new TreeMap<StreamId, Reach>();
    names.streams().forEach((name, reach) -> streams.put(new StreamId(name), reach));
    return new Frontier(names.root(), streams);
  }

  static Names read(CborReader from, int nameSize, SyncLimits limits) {
    from.array(2);
    var root = new StateRoot(from.bytes(StateRoot.BYTES).compact());
    CborReader in = from.embedded();
    int count = count(in, limits.streams(), nameSize + Frontier.HEAD_SIZE, "the count of streams");
    List<Octets> names = new ArrayList<>(count);
    List<Octets> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int where = in.offset();
      names.add(take(in, nameSize));
      heads.add(take(in, Frontier.HEAD_SIZE));
      if (i > 0 && names.get(i - 1).compareTo(names.get(i)) >= 0) {
        throw in.fault(where, "streams come in the order of their names, each once");
      }
    }
    long[] lasts = new long[count];
    for (int i = 0; i < count; i++) {
      int where = in.offset();
      lasts[i] = Numbers.read(in, Header.LAST_MAX, "the last number");
      if (lasts[i] == 0 && !heads.get(i).equals(NO_HEAD)) {
        throw in.fault(where, "a head, and no number is covered");
      }
    }
    long[] ages = new long[count];
    for (int i = 0; i < count; i++) {
      ages[i] = Age.seconds(in.takeByte() << 8 | in.takeByte());
    }
    List<List<Interval>> heard = heard(in, lasts, limits);
    in.expectEnd();
    var streams = new TreeMap<Octets, Reach>();
    for (int i = 0; i < count; i++) {
      streams.put(names.get(i), new Reach(lasts[i], heads.get(i), heard.get(i), ages[i]));
    }
    return new Names(root, streams);
  }

  /** A count of things of which each has {@code bytesEach} bytes or more: they must be there. */
  static int count(CborReader from, int most, int bytesEach, String what) {
    int where = from.offset();
    int count = Numbers.read(from, most, what);
    if ((long) count * bytesEach > from.remaining()) {
      throw from.fault(where, what + " is " + count + ", for which too few bytes follow");
    }
    return count;
  }

  /** The next bytes, copied. */
  static Octets take(CborReader from, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) from.takeByte();
    }
    return Octets.wrap(bytes);
  }

  private static List<List<Interval>> heard(CborReader from, long[] lasts, SyncLimits limits) {
    List<List<Interval>> heard = new ArrayList<>(lasts.length);
    for (long last : lasts) {
      heard.add(last == 0 ? List.of() : List.of(new Interval(1, last)));
    }
    int many = Numbers.read(from, lasts.length, "the count of streams not heard from 1 on");
    int left = limits.exceptions();
    int at = 0;
    for (int i = 0; i < many; i++) {
      int where = from.offset();
      at += Numbers.read(from, Math.max(0, lasts.length - 1 - at), "the place of a stream");
      if (at >= lasts.length) {
        throw from.fault(where, "there are " + lasts.length + " streams");
      }
      List<Interval> intervals = intervals(from, left);
      if (intervals.equals(heard.get(at))) {
        throw from.fault(where, "all of the stream is heard, which needs not be said");
      }
      left -= intervals.size();
      heard.set(at, intervals);
      at++;
    }
    return heard;
  }

  /** Reads what {@link #writeIntervals} writes. */
  static List<Interval> intervals(CborReader from, int most) {
    int many = count(from, most, 2, "the count of intervals");
    List<Interval> intervals = new ArrayList<>(many);
    long least = 1;
    for (int i = 0; i < many; i++) {
      long first = least + Numbers.read(from, Header.LAST_MAX - least, "a gap");
      long last = first + Numbers.read(from, Header.LAST_MAX - first, "the length of an interval");
      intervals.add(new Interval(first, last));
      if (i + 1 < many && last > Header.LAST_MAX - 2) {
        throw from.fault(from.offset(), "no number is left for another interval");
      }
      least = last + 2;
    }
    return intervals;
  }
}
