package dev.holdfast.gateway.link.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One gateway without a node: a store in memory, and a sink that keeps what it is told. */
public final class Site implements LinkSink, AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(20);
  public static final long SPOOL_THRESHOLD = 100_000;

  public final NodeId node;
  public final MemoryBundleStore store = new MemoryBundleStore();
  public final List<Throwable> failures = new CopyOnWriteArrayList<>();
  public final LinkServices services;
  private final StoreThreads threads;
  private final List<LinkEvent> events = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> parts = new ArrayList<>();

  /** Bundles that the node takes before it is busy. */
  public final Semaphore appetite = new Semaphore(1_000_000);

  public Site(long number) {
    this.node = NodeId.ipn(number);
    this.threads = new StoreThreads(store, 2, 1 << 20, failures::add);
    this.services =
        new LinkServices(
            new SystemClock(new SystemClock.Trust(10, 1000, 60_000)),
            this,
            threads,
            SPOOL_THRESHOLD,
            failures::add);
  }

  @Override
  public void offer(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived) {
      appetite.acquireUninterruptibly();
    }
    events.add(event);
  }

  /** Closes it with the site. */
  public <T extends AutoCloseable> T keep(T part) {
    parts.add(part);
    return part;
  }

  /** All events of a kind so far, in order. */
  public <E extends LinkEvent> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for that many events of a kind. */
  public <E extends LinkEvent> List<E> await(Class<E> kind, int count) {
    awaitThat(site -> site.all(kind).size() >= count);
    return all(kind);
  }

  public void awaitThat(Predicate<Site> holds) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .failFast(() -> !failures.isEmpty())
        .until(() -> holds.test(this));
  }

  /** A bundle with a payload that depends on its number. */
  public static Bundle bundle(long number, int size) {
    return builder(number).build(content(number, 0, size));
  }

  private static BundleBuilder builder(long number) {
    return BundleBuilder.to(IpnEid.of(2, 7))
        .from(IpnEid.of(1, 42))
        .created(new CreationTimestamp(new DtnTime(800_000_000_000L), number))
        .lifetime(3_600_000);
  }

  public static Octets content(long number, long position, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number * 31 + (position + i) * 7 + (position + i >> 8));
    }
    return Octets.wrap(bytes);
  }

  /** A bundle in memory, to be sent. */
  public static Outbound outbound(long token, int size, TrafficClass trafficClass) {
    Bundle bundle = bundle(token, size);
    return new Outbound(
        new TransferToken(token),
        bundle.head(),
        new Outbound.Source.Whole(bundle.payload()),
        Optional.of(bundle.trailer()),
        trafficClass);
  }

  /** A bundle that is made while it is sent; its checksum as well. */
  public static Outbound streamed(long token, long size) {
    BundleHead head = builder(token).head(size);
    Outbound.Reader reader =
        (position, length) -> {
          assertThat(Thread.currentThread().isVirtual()).isFalse();
          return Optional.of(content(token, position, (int) Math.min(length, size - position)));
        };
    return new Outbound(
        new TransferToken(token),
        head,
        new Outbound.Source.Streamed(reader),
        Optional.empty(),
        TrafficClass.NORMAL);
  }

  /** The payload that arrived. */
  public Octets payload(LinkEvent.Arrived arrived) {
    return switch (arrived.payload()) {
      case Payload.Inline(Octets bytes) -> bytes;
      case Payload.Spooled spooled -> {
        HeldBundles put = HeldBundles.of(spooled.spool() + 1_000_000).spooled(spooled);
        store.commit(List.of(put.put()), BundleStore.Durability.SYNCED);
        yield store.read(put.bundle().key(), 0, (int) spooled.length()).orElseThrow();
      }
    };
  }

  /** Sends a bundle of a number and size. */
  public static void send(Link link, long token, int size) {
    link.send(outbound(token, size, TrafficClass.NORMAL));
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    threads.close();
    assertThat(failures).isEmpty();
  }
}
