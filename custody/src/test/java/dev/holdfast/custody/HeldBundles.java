package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;
import java.util.Random;

/** Made-up bundles for tests of stores; each call gives a changed copy. */
public record HeldBundles(HeldBundle bundle, Octets head, Payload payload, Octets trailer) {
  /** The queue that {@link #of} puts bundles into. */
  public static final QueueKey TO_NODE_2 = new QueueKey(QueueKey.Wait.FORWARD, IpnEid.of(2, 0));

  /** A normal bundle from ipn:1.42 to ipn:2.7 with a payload of three bytes. */
  public static HeldBundles of(long key) {
    return new HeldBundles(
            new HeldBundle(
                new HeldKey(key),
                BundleId.whole(
                    IpnEid.of(1, 42), new CreationTimestamp(new DtnTime(800_000_000_000L), key)),
                TO_NODE_2,
                IpnEid.of(2, 7),
                new HeldBundle.Service(TrafficClass.NORMAL, 0, false, false, true, false, false),
                new DtnTime(800_000_000_000L + 3_600_000),
                3_600_000,
                new AgeMark(5, 77, 1234, new DtnTime(800_000_000_005L), true),
                new HeldBundle.Sizes(0, 0, 0),
                Optional.empty(),
                HeldBundle.Progress.NONE),
            Octets.EMPTY,
            new Payload.Inline(Octets.EMPTY),
            Octets.EMPTY)
        .bytes(Octets.ofHex("9f88"), Octets.ofHex("010203"), Octets.ofHex("ff"));
  }

  /** With these bytes. */
  public HeldBundles bytes(Octets newHead, Octets newPayload, Octets newTrailer) {
    return payload(newHead, new Payload.Inline(newPayload), newTrailer);
  }

  /** With {@code size} bytes of payload that depend on {@code seed}. */
  public HeldBundles payloadOf(int size, long seed) {
    return bytes(head, randomBytes(size, seed), trailer);
  }

  /** With a payload that was spooled. */
  public HeldBundles spooled(Payload.Spooled spooled) {
    return payload(head, spooled, trailer);
  }

  private HeldBundles payload(Octets newHead, Payload newPayload, Octets newTrailer) {
    HeldBundle b = bundle;
    HeldBundle.Sizes sizes =
        new HeldBundle.Sizes(newHead.size(), newPayload.length(), newTrailer.size());
    return new HeldBundles(
        new HeldBundle(
            b.key(),
            b.id(),
            b.queue(),
            b.destination(),
            b.service(),
            b.expiry(),
            b.lifetime(),
            b.age(),
            sizes,
            b.from(),
            b.progress()),
        newHead,
        newPayload,
        newTrailer);
  }

  /** With another identity. */
  public HeldBundles id(BundleId id) {
    HeldBundle b = bundle;
    return with(
        new HeldBundle(
            b.key(),
            id,
            b.queue(),
            b.destination(),
            b.service(),
            b.expiry(),
            b.lifetime(),
            b.age(),
            b.sizes(),
            b.from(),
            b.progress()));
  }

  /** As a fragment of itself. */
  public HeldBundles fragment(long offset, long length) {
    return id(
        new BundleId(
            bundle.id().source(),
            bundle.id().created(),
            Optional.of(new BundleId.Extent(offset, length))));
  }

  /** With another sequence number. */
  public HeldBundles sequence(long sequence) {
    return id(
        new BundleId(
            bundle.id().source(),
            new CreationTimestamp(bundle.id().created().time(), sequence),
            bundle.id().extent()));
  }

  /** In another queue. */
  public HeldBundles in(QueueKey queue) {
    return with(bundle.in(queue));
  }

  /** In another class and order. */
  public HeldBundles urgency(TrafficClass trafficClass, int ordinal) {
    HeldBundle b = bundle;
    HeldBundle.Service s = b.service();
    return service(
        new HeldBundle.Service(
            trafficClass,
            ordinal,
            s.critical(),
            s.bestEffort(),
            s.mayFragment(),
            s.clockless(),
            s.reports()));
  }

  /** With another service. */
  public HeldBundles service(HeldBundle.Service service) {
    HeldBundle b = bundle;
    return with(
        new HeldBundle(
            b.key(),
            b.id(),
            b.queue(),
            b.destination(),
            service,
            b.expiry(),
            b.lifetime(),
            b.age(),
            b.sizes(),
            b.from(),
            b.progress()));
  }

  /** With another expiry. */
  public HeldBundles expiry(DtnTime expiry) {
    HeldBundle b = bundle;
    return with(
        new HeldBundle(
            b.key(),
            b.id(),
            b.queue(),
            b.destination(),
            b.service(),
            expiry,
            b.lifetime(),
            b.age(),
            b.sizes(),
            b.from(),
            b.progress()));
  }

  /** To another endpoint. */
  public HeldBundles to(Eid destination) {
    HeldBundle b = bundle;
    return with(
        new HeldBundle(
            b.key(),
            b.id(),
            b.queue(),
            destination,
            b.service(),
            b.expiry(),
            b.lifetime(),
            b.age(),
            b.sizes(),
            b.from(),
            b.progress()));
  }

  /** With another record of the same sizes. */
  public HeldBundles with(HeldBundle changed) {
    return new HeldBundles(changed, head, payload, trailer);
  }

  /** The change that holds it. */
  public StoreChange.Put put() {
    return new StoreChange.Put(bundle, head, payload, trailer);
  }

  /** Bytes that depend on {@code seed} alone. */
  public static Octets randomBytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return Octets.wrap(bytes);
  }
}
