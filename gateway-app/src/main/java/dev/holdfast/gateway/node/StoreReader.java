package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.HeldFragment;
import dev.holdfast.gateway.turn.NodeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads from the store what the node asked for. On a platform thread of its own. */
public final class StoreReader {
  /** How long after there was no room something is tried again, in nanoseconds. */
  public static final long AGAIN_NANOS = 5_000_000_000L;

  private static final int MOST_FRAGMENTS = 65_536;
  private static final int SPOOL = 256 * 1024;

  private final BundleStore store;

  /** Reads from that store. */
  public StoreReader(BundleStore store) {
    this.store = store;
  }

  /** Answers a read; empty if the store has no room for it, so that it is to be tried again. */
  public Optional<NodeEvent> answer(Effect.Read read) {
    try {
      return Optional.of(answerTo(read));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.FULL) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private NodeEvent answerTo(Effect.Read read) {
    return switch (read) {
      case Effect.ReadQueue queue -> queue(queue);
      case Effect.ReadOffers offers -> offers(offers);
      case Effect.ReadExpired expired -> expired(expired);
      case Effect.ReadFragments fragments -> fragments(fragments);
      case Effect.Assemble assemble -> assemble(assemble);
    };
  }

  private NodeEvent queue(Effect.ReadQueue read) {
    List<HeldBundle> found = store.scan(read.queue(), read.after(), read.limit());
    return new NodeEvent.QueueRead(read.queue(), found, found.size() < read.limit());
  }

  private NodeEvent offers(Effect.ReadOffers read) {
    List<HeldBundle> found = store.scan(read.queue(), read.after(), read.limit());
    return new NodeEvent.Offered(read.to(), read.queue(), found, found.size() < read.limit());
  }

  private NodeEvent expired(Effect.ReadExpired read) {
    List<HeldBundle> found = store.expiring(read.until(), read.limit());
    return new NodeEvent.ExpiredRead(found, found.size() < read.limit(), store.earliestExpiry());
  }

  private NodeEvent fragments(Effect.ReadFragments read) {
    List<HeldFragment> found = new ArrayList<>();
    for (HeldBundle held : store.fragments(read.original(), MOST_FRAGMENTS)) {
      headOf(held).ifPresent(head -> found.add(new HeldFragment(held, head)));
    }
    return new NodeEvent.FragmentsRead(read.original(), found);
  }

  private Optional<BundleHead> headOf(HeldBundle held) {
    return store
        .ends(held.key())
        .flatMap(
            ends ->
                switch (BundleReader.readHead(ends.head())) {
                  case Decoded.Valid<BundleHead>(BundleHead head) -> Optional.of(head);
                  case Decoded.Invalid<BundleHead> bad ->
                      throw new IllegalStateException(
                          "what is held cannot be read any more: "
                              + held.id()
                              + ", "
                              + bad.fault());
                });
  }

  private NodeEvent assemble(Effect.Assemble assemble) {
    boolean small = assemble.head().payload().length() <= SPOOL;
    return new NodeEvent.Assembled(assemble.head(), small ? inline(assemble) : spooled(assemble));
  }

  private Optional<NodeEvent.Whole> inline(Effect.Assemble assemble) {
    List<Octets> parts = new ArrayList<>();
    PayloadCrc crc = PayloadCrc.of(assemble.head().payload());
    boolean whole = each(assemble, part -> parts.add(crcOver(crc, part)));
    return whole
        ? Optional.of(new NodeEvent.Whole(new Payload.Inline(Octets.concat(parts)), crc.trailer()))
        : Optional.empty();
  }

  private Optional<NodeEvent.Whole> spooled(Effect.Assemble assemble) {
    BundleStore.SpoolWriter spool = store.spool();
    PayloadCrc crc = PayloadCrc.of(assemble.head().payload());
    Optional<NodeEvent.Whole> whole = Optional.empty();
    try {
      if (each(assemble, part -> spool.write(crcOver(crc, part)))) {
        whole = Optional.of(new NodeEvent.Whole(spool.finish(), crc.trailer()));
      }
    } finally {
      if (whole.isEmpty()) {
        spool.discard();
      }
    }
    return whole;
  }

  private static Octets crcOver(PayloadCrc crc, Octets part) {
    var _ = crc.update(part);
    return part;
  }

  /** Reads all pieces in order; false if one of them is gone. */
  private boolean each(Effect.Assemble assemble, Consumer<Octets> sink) {
    for (Effect.Piece piece : assemble.pieces()) {
      long at = 0;
      while (at < piece.length()) {
        int want = (int) Math.min(SPOOL, piece.length() - at);
        Optional<Octets> part = store.read(piece.key(), piece.from() + at, want);
        if (part.isEmpty() || part.get().isEmpty()) {
          return false;
        }
        sink.accept(part.get());
        at += part.get().size();
      }
    }
    return true;
  }
}
