package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.SeenKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where everything is. Numbers in keys are big-endian, so that bytes sort as the numbers do.
 *
 * <pre>
 * family     key                                                     value
 * ---------  ------------------------------------------------------  ---------------------------------
 * META       'k'                                                     highest HeldKey ever given (8)
 *            's'                                                     seen records (8), forgotten early (8)
 *            'n' name                                                number (8)
 *            'c' wait (1) eid class (1)                              bundles (8), bytes (8)
 * HELD       key (8)                                                 HeldBundle record
 * BYTES      key (8) 0 (2)                                           ends, and a payload of up to 4 KiB
 *            key (8) n = 1.. (2)                                     n-th 64 KiB of a larger inline payload
 * IDS        source created (8) sequence (8)                         key (8)
 *            source created (8) sequence (8) offset (8) length (8)   key (8), a fragment
 * QUEUES     wait (1) eid ~class (1) ~ordinal (1) expiry (8) key (8) nothing
 * EXPIRY     expiry (8) key (8)                                      nothing
 * SEEN       source created (8) window (8)                           SeenWindow record
 * SEEN_ENDS  until (8) source created (8) window (8)                 nothing
 * SPOOLED    'b' key (8)                                             payload file number (8)
 *            'f' payload file number (8)                             key (8), length (8), CRC-32C (4)
 * RECORDS    as given, 1 to 65,535 bytes                             as given: records of others
 * </pre>
 *
 * <p>{@code ~} is the complement, so that what is more urgent sorts first. An eid is its kind and
 * its parts with their lengths, so that none begins with another; the two forms of an ipn endpoint
 * are one (RFC 9758). Pure.
 */
final class Keyspace {
  static final byte[] LAST_KEY = {'k'};
  static final byte[] SEEN_COUNTS = {'s'};
  static final byte[] COUNTS = {'c'};
  static final byte[] SPOOLED_FILES = {'f'};

  private static final int EXTENT_BYTES = 16;

  private Keyspace() {}

  static byte[] number(String name) {
    return new RecordWriter().u8('n').raw(name.getBytes(StandardCharsets.UTF_8)).toBytes();
  }

  static byte[] count(QueueCounts.Slot slot) {
    return queue(new RecordWriter().u8('c'), slot.queue()).u8(slot.trafficClass().code()).toBytes();
  }

  static byte[] countValue(QueueCount count) {
    return new RecordWriter().u64(count.bundles()).u64(count.bytes()).toBytes();
  }

  static QueueCount readCount(byte[] key, byte[] value) {
    RecordReader k = new RecordReader("the key of a counter", key);
    RecordReader v = new RecordReader("a counter", value);
    k.u8();
    QueueKey queue = new QueueKey(k.waitKind(), k.eidKey());
    TrafficClass trafficClass = k.trafficClass();
    return new QueueCount(queue, trafficClass, v.u64(), v.u64());
  }

  static byte[] seenCounts(SeenBundles.Counts counts) {
    return new RecordWriter().u64(counts.records()).u64(counts.forgottenEarly()).toBytes();
  }

  static SeenBundles.Counts readSeenCounts(byte[] value) {
    RecordReader in = new RecordReader("the counters of what is remembered", value);
    SeenBundles.Counts counts = new SeenBundles.Counts(in.u64(), in.u64());
    in.end();
    return counts;
  }

  static RecordWriter held(RecordWriter out, HeldKey key) {
    return out.u64(key.sequence());
  }

  static byte[] held(HeldKey key) {
    return u64(key.sequence());
  }

  static HeldKey readHeld(byte[] bytes) {
    return new HeldKey(readU64(bytes));
  }

  static RecordWriter piece(RecordWriter out, HeldKey key, int piece) {
    return out.u64(key.sequence()).u16(piece);
  }

  static byte[] piece(HeldKey key, int piece) {
    return piece(new RecordWriter(), key, piece).toBytes();
  }

  static HeldKey heldOfPiece(byte[] key) {
    return new HeldKey(new RecordReader("the key of bytes", key).u64());
  }

  static RecordWriter id(RecordWriter out, BundleId id) {
    out.eidKey(id.source()).u64(id.created().time().millis()).u64(id.created().sequence());
    id.extent().ifPresent(e -> out.u64(e.offset()).u64(e.length()));
    return out;
  }

  static byte[] id(BundleId id) {
    return id(new RecordWriter(), id).toBytes();
  }

  /** Whether an id key is that of a fragment of the bundle with the other id key. */
  static boolean isFragmentOf(byte[] key, byte[] original) {
    return key.length == original.length + EXTENT_BYTES && startsWith(key, original);
  }

  /** The prefix of all entries of a class of a queue. */
  static byte[] queuePrefix(QueueKey queue, TrafficClass trafficClass) {
    return queue(new RecordWriter(), queue).u8(~trafficClass.code()).toBytes();
  }

  static RecordWriter queueEntry(RecordWriter out, HeldBundle bundle) {
    return queue(out, bundle.queue())
        .u8(~bundle.service().trafficClass().code())
        .u8(~bundle.service().ordinal())
        .u64(bundle.expiry().millis())
        .u64(bundle.key().sequence());
  }

  static byte[] queueEntry(HeldBundle bundle) {
    return queueEntry(new RecordWriter(), bundle).toBytes();
  }

  /** The held key at the end of a queue or expiry entry. */
  static HeldKey lastHeld(byte[] entry) {
    return readHeld(Arrays.copyOfRange(entry, entry.length - 8, entry.length));
  }

  static RecordWriter expiry(RecordWriter out, HeldBundle bundle) {
    return out.u64(bundle.expiry().millis()).u64(bundle.key().sequence());
  }

  static byte[] expiry(HeldBundle bundle) {
    return expiry(new RecordWriter(), bundle).toBytes();
  }

  /** The time at the begin of an expiry or seen-ends entry. */
  static DtnTime readExpiry(byte[] entry) {
    return new DtnTime(new RecordReader("an entry by time", entry).u64());
  }

  static byte[] seen(SeenKey key) {
    return seen(new RecordWriter(), key).toBytes();
  }

  static byte[] seenEnd(DtnTime until, SeenKey key) {
    return seen(new RecordWriter().u64(until.millis()), key).toBytes();
  }

  /** The window named at the end of a seen-ends entry. */
  static SeenKey readSeenEnd(byte[] entry) {
    RecordReader in = new RecordReader("an end of memory", entry);
    in.u64();
    return readSeen(in);
  }

  static SeenKey readSeen(byte[] key) {
    return readSeen(new RecordReader("the key of a remembered window", key));
  }

  private static SeenKey readSeen(RecordReader in) {
    SeenKey key = new SeenKey(in.eidKey(), new DtnTime(in.u64()), in.u64());
    in.end();
    return key;
  }

  static byte[] spoolOf(HeldKey key) {
    return new RecordWriter().u8('b').u64(key.sequence()).toBytes();
  }

  static byte[] spooledFile(long number) {
    return new RecordWriter().u8('f').u64(number).toBytes();
  }

  static byte[] spooledFileValue(HeldKey key, PayloadFiles.Finished file) {
    return new RecordWriter().u64(key.sequence()).u64(file.length()).u32(file.crc()).toBytes();
  }

  /** What a payload file is tied to. */
  record Tie(HeldKey key, PayloadFiles.Finished file) {}

  static Tie readTie(byte[] key, byte[] value) {
    RecordReader in = new RecordReader("the tie of a payload file", value);
    HeldKey held = new HeldKey(in.u64());
    Tie tie =
        new Tie(held, new PayloadFiles.Finished(readSpooledFile(key), in.u64(), (int) in.u32()));
    in.end();
    return tie;
  }

  private static long readSpooledFile(byte[] key) {
    RecordReader in = new RecordReader("the key of a payload file", key);
    in.u8();
    return in.u64();
  }

  static byte[] u64(long value) {
    return new RecordWriter().u64(value).toBytes();
  }

  static long readU64(byte[] bytes) {
    RecordReader in = new RecordReader("a number", bytes);
    long value = in.u64();
    in.end();
    return value;
  }

  /** The first key after all that begin with {@code prefix}; empty if there is none. */
  static byte[] after(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return new byte[0];
  }

  /** The first key after {@code key}. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static RecordWriter queue(RecordWriter out, QueueKey queue) {
    return out.u8(queue.kind().code()).eidKey(queue.eid());
  }

  private static RecordWriter seen(RecordWriter out, SeenKey key) {
    return out.eidKey(key.source()).u64(key.time().millis()).u64(key.window());
  }
}
