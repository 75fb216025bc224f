package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BlockType;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A neighbour that keeps no rule: it sends what is no bundle, what was cut or changed, what others
 * sent before, bundles in the name of others, all of it as often as it likes; and it answers for
 * bundles that it throws away.
 */
public final class HostileNode implements LinkOwner {
  private static final int REMEMBERED = 64;
  private static final int GARBAGE = 2_000;
  private static final long LIFETIME_MILLIS = 3_600_000;
  private static final int HOPS = 16;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final List<Long> SIGNED = List.of(0L, 1L);
  private static final long HMAC_SHA2 = 1;
  private static final long WITHOUT_PARAMETERS = 0;
  private static final int HMAC_BYTES = 48;
  private static final int SIGNATURE_SIZE = 160;

  /** What it does. */
  public enum Act {
    /** Bytes that are no bundle. */
    GARBAGE,
    /** A bundle that it saw, cut short or longer than it says. */
    WRONG_LENGTH,
    /** A bundle that it saw, with wrong bits. */
    ALTERED,
    /** A bundle that it saw, again. */
    REPLAY,
    /** A bundle in the name of somebody else. */
    FORGED_SOURCE,
    /** The same, with a signature that only looks like one (a block integrity block, RFC 9172). */
    FORGED_SIGNATURE,
    /** Its connection is reset. */
    RESET
  }

  /**
   * How it behaves.
   *
   * @param acts what it does, drawn at random
   * @param everyNanos how often
   * @param swallows whether it accepts bundles and throws them away, instead of refusing them
   * @param victims in whose name it sends, and to whom
   */
  public record Manner(Set<Act> acts, long everyNanos, boolean swallows, List<Eid> victims) {
    /** Keeps copies in a fixed order. */
    public Manner {
      acts = Collections.unmodifiableSet(EnumSet.copyOf(acts));
      victims = List.copyOf(victims);
      if (everyNanos <= 0) {
        throw new IllegalArgumentException("it does something every so often: " + everyNanos);
      }
    }
  }

  private final String name;
  private final NodeId id;
  private final Manner manner;
  private final SimTime time;
  private final DtnTime start;
  private final RandomGenerator random;
  private final Map<String, SimLink> links = new LinkedHashMap<>();
  private final List<Octets> seen = new ArrayList<>();
  private long made;
  private long swallowed;

  HostileNode(String name, NodeId id, Manner manner, SimWorld world) {
    this.name = name;
    this.id = id;
    this.manner = manner;
    this.time = world.time();
    this.start = world.start();
    this.random = world.random(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NodeId nodeId() {
    return id;
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  /** How many bundles it made in the name of others. */
  public long made() {
    return made;
  }

  /** How many bundles it accepted and threw away. */
  public long swallowed() {
    return swallowed;
  }

  @Override
  public void add(SimLink link) {
    links.put(link.id().name(), link);
    link.open(new Link.OpenOrder(0));
    time.after(manner.everyNanos(), () -> act(link));
  }

  @Override
  public void happen(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived arrived) {
      time.after(0, () -> arrived(arrived));
    }
  }

  private void arrived(LinkEvent.Arrived arrived) {
    if (arrived.payload() instanceof Payload.Inline(Octets bytes)) {
      Octets encoded =
          Octets.concat(List.of(arrived.head().encoded(), bytes, arrived.trailer())).compact();
      if (seen.size() < REMEMBERED) {
        seen.add(encoded);
      } else {
        seen.set(random.nextInt(REMEMBERED), encoded);
      }
    }
    SimLink link = links.get(arrived.link().name());
    if (link == null) {
      return;
    }
    if (manner.swallows()) {
      swallowed++;
      link.accept(List.of(arrived.inbound()));
    } else {
      link.refuse(arrived.inbound(), Link.Refusal.NO_RESOURCES);
    }
  }

  private void act(SimLink link) {
    List<Act> acts = List.copyOf(manner.acts());
    switch (acts.get(random.nextInt(acts.size()))) {
      case GARBAGE -> link.inject(garbage());
      case WRONG_LENGTH -> remembered().ifPresent(b -> link.inject(cut(b)));
      case ALTERED ->
          remembered().ifPresent(b -> link.inject(OutboundBundle.flip(b, random.nextLong())));
      case REPLAY -> remembered().ifPresent(link::inject);
      case FORGED_SOURCE -> link.inject(forged(false));
      case FORGED_SIGNATURE -> link.inject(forged(true));
      case RESET -> link.reset();
    }
    time.after(1 + random.nextLong(2 * manner.everyNanos()), () -> act(link));
  }

  private Optional<Octets> remembered() {
    return seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(random.nextInt(seen.size())));
  }

  private Octets garbage() {
    byte[] bytes = new byte[1 + random.nextInt(GARBAGE)];
    random.nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  private Octets cut(Octets bundle) {
    return random.nextBoolean()
        ? bundle.slice(0, 1 + random.nextInt(bundle.size() - 1))
        : Octets.concat(List.of(bundle, garbage()));
  }

  private Octets forged(boolean signed) {
    Eid source = manner.victims().get(random.nextInt(manner.victims().size()));
    Eid destination = manner.victims().get(random.nextInt(manner.victims().size()));
    made++;
    BundleBuilder bundle =
        BundleBuilder.to(destination)
            .from(source)
            .created(new CreationTimestamp(start.plus(time.nanos() / NANOS_PER_MILLI), made))
            .lifetime(LIFETIME_MILLIS)
            .hopLimit(HOPS);
    if (signed) {
      bundle.block(BlockType.BLOCK_INTEGRITY, BlockFlags.NONE, signature(source));
    }
    return bundle.build(garbage()).encoded();
  }

  /** RFC 9172 §3.6 about the primary block and the payload, by RFC 9173 §3: BIB-HMAC-SHA2. */
  private Octets signature(Eid signer) {
    CborWriter block = new CborWriter(SIGNATURE_SIZE);
    block.array(SIGNED.size());
    SIGNED.forEach(block::unsigned);
    block.end().unsigned(HMAC_SHA2).unsigned(WITHOUT_PARAMETERS);
    Eids.write(block, signer);
    block.array(SIGNED.size());
    for (long _ : SIGNED) {
      byte[] hmac = new byte[HMAC_BYTES];
      random.nextBytes(hmac);
      block.array(1).array(2).unsigned(1).bytes(Octets.wrap(hmac)).end().end();
    }
    return block.end().finish();
  }
}
