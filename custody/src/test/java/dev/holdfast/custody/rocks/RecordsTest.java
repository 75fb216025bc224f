package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenWindow;
import dev.holdfast.custody.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys sort as what they stand for, and records come back as they were or not at all. */
class RecordsTest {
  private final Random random = new Random(42);

  private Eid eid() {
    return switch (random.nextInt(5)) {
      case 0 -> Eid.NULL;
      case 1, 2 ->
          new IpnEid(
              random.nextInt(3),
              random.nextInt(3) == 0 ? 0xffff_ffffL : random.nextInt(4),
              random.nextInt(3) - 1,
              random.nextBoolean());
      case 3 -> new DtnEid("n".repeat(1 + random.nextInt(3)), "é".repeat(random.nextInt(3)));
      default -> new UnknownEid(random.nextLong(), randomBytes());
    };
  }

  private Octets randomBytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  private long number() {
    return random.nextLong() >>> random.nextInt(64);
  }

  private HeldBundle bundle(QueueKey queue) {
    return new HeldBundle(
        new HeldKey(1 + (number() >>> 1)),
        new BundleId(
            eid(),
            new CreationTimestamp(new DtnTime(number()), number()),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new BundleId.Extent(number(), number()))),
        queue,
        eid(),
        new HeldBundle.Service(
            TrafficClass.values()[random.nextInt(4)],
            random.nextInt(256),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean()),
        new DtnTime(number()),
        number(),
        new AgeMark(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            new DtnTime(number()),
            random.nextBoolean()),
        new HeldBundle.Sizes(random.nextInt(1000), number() >>> 1, random.nextInt(9)),
        random.nextBoolean() ? Optional.empty() : Optional.of(NodeId.ipn(1 + random.nextInt(9))),
        new HeldBundle.Progress(
            number(),
            random.nextInt(Integer.MAX_VALUE),
            random.nextBoolean()
                ? HeldBundle.Copies.NONE
                : new HeldBundle.Copies(random.nextInt(9), random.nextInt(Integer.MAX_VALUE))));
  }

  private QueueKey queue() {
    return new QueueKey(QueueKey.Wait.values()[random.nextInt(3)], eid());
  }

  @Test
  void recordsOfHeldBundlesComeBackInTheirForm() {
    for (int i = 0; i < 20_000; i++) {
      HeldBundle bundle = bundle(queue());
      byte[] record = record(bundle);
      assertThat(RecordCodec.held(record)).isEqualTo(bundle);
      // Equality passes over the form of an ipn endpoint; the bytes do not.
      assertThat(record(RecordCodec.held(record))).isEqualTo(record);
    }
  }

  @Test
  void damagedRecordsAreToldAsDamage() {
    for (int i = 0; i < 20_000; i++) {
      byte[] record = record(bundle(queue()));
      byte[] damaged = Arrays.copyOf(record, random.nextInt(record.length + 2));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      try {
        RecordCodec.held(damaged);
      } catch (StoreException told) {
        assertThat(told.kind()).isIn(StoreException.Kind.CORRUPT, StoreException.Kind.FORMAT);
      }
    }
    assertThatThrownBy(() -> RecordCodec.held(new byte[] {99}))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FORMAT));
  }

  @Test
  void queueEntriesSortAsTheQueueIsRead() {
    QueueKey queue = queue();
    List<HeldBundle> bundles = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      bundles.add(bundle(queue));
    }
    List<HeldBundle> byBytes = new ArrayList<>(bundles);
    byBytes.sort((a, b) -> Arrays.compareUnsigned(Keyspace.queueEntry(a), Keyspace.queueEntry(b)));
    bundles.sort(HeldBundle.BY_URGENCY);
    assertThat(byBytes).isEqualTo(bundles);
    byBytes.sort((a, b) -> Arrays.compareUnsigned(Keyspace.expiry(a), Keyspace.expiry(b)));
    bundles.sort(HeldBundle.BY_EXPIRY);
    assertThat(byBytes).isEqualTo(bundles);
  }

  @Test
  void noQueueLiesWithinAnother() {
    for (int i = 0; i < 20_000; i++) {
      QueueKey a = queue();
      QueueKey b = queue();
      byte[] prefix = Keyspace.queuePrefix(a, TrafficClass.NORMAL);
      byte[] entry = Keyspace.queueEntry(bundle(b));
      boolean inside = Keyspace.startsWith(entry, Arrays.copyOf(prefix, prefix.length - 1));
      assertThat(inside).as("%s in %s", b, a).isEqualTo(a.equals(b));
    }
  }

  @Test
  void countersNameTheirQueue() {
    for (int i = 0; i < 2000; i++) {
      QueueCounts.Slot slot = QueueCounts.Slot.of(bundle(queue()));
      QueueCount count =
          new QueueCount(slot.queue(), slot.trafficClass(), number() >>> 1, number() >>> 1);
      assertThat(Keyspace.readCount(Keyspace.count(slot), Keyspace.countValue(count)))
          .isEqualTo(count);
    }
  }

  @Test
  void rememberedWindowsComeBack() {
    for (int i = 0; i < 2000; i++) {
      SeenKey key = new SeenKey(eid(), new DtnTime(number()), number() >>> 8);
      SeenWindow window =
          new SeenWindow(
              new DtnTime(number()),
              List.of(new SeenWindow.Run(0, 7), new SeenWindow.Run(100, 255)),
              List.of(new SeenWindow.Part(200, number(), number())));
      assertThat(RecordCodec.seen(RecordCodec.seen(window))).isEqualTo(window);
      assertThat(Keyspace.readSeen(Keyspace.seen(key))).isEqualTo(key);
      byte[] end = Keyspace.seenEnd(window.until(), key);
      assertThat(Keyspace.readSeenEnd(end)).isEqualTo(key);
      assertThat(Keyspace.readExpiry(end)).isEqualTo(window.until());
    }
  }

  @Test
  void theKeyAfterAPrefixIsTheFirstThatDoesNotBeginWithIt() {
    assertThat(Keyspace.after(new byte[] {1, 2})).containsExactly(1, 3);
    assertThat(Keyspace.after(new byte[] {1, -1})).containsExactly(2);
    assertThat(Keyspace.after(new byte[] {-1, -1})).isEmpty();
  }

  private static byte[] record(HeldBundle bundle) {
    return RecordCodec.held(new RecordWriter(), bundle).toBytes();
  }
}
