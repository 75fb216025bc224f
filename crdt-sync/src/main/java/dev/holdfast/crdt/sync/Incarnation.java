package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Replica;
import java.util.List;
import java.util.Optional;

/**
 * Which stream this region writes. Where its numbers may have been given before, by another life of
 * the store, it begins another one, and says so with the first block of it. For one thread.
 */
final class Incarnation {
  private static final Octets NOTE = Octets.wrap(new byte[] {3});

  private final Replica replica;
  private final Keys keys;
  private final OwnKeys own;
  private final ClassSync.Self self;
  private final List<Notice> notices;
  private long number;

  /** As the store has it, if that is known to be the only one that goes on. */
  Incarnation(Replica replica, Keys keys, OwnKeys own, ClassSync.Self self, List<Notice> notices) {
    this.replica = replica;
    this.keys = keys;
    this.own = own;
    this.self = self;
    this.notices = notices;
    this.number = replica.note(NOTE).map(Incarnation::number).orElse(0L);
    boolean ours = stream(number).equals(replica.own());
    if (!self.continues() || !ours || !replica.chain(replica.own()).isOpen()) {
      begin(
          replica.chain(replica.own()).last() == 0 && replica.unsealed() == 0
              ? Optional.empty()
              : Optional.of("this store may be a copy"));
    }
  }

  private static long number(Octets note) {
    return note.asByteBuffer().getLong();
  }

  private StreamId stream(long incarnation) {
    return keys.ring().stream(self.region(), incarnation);
  }

  /** Its stream is forked: nothing more is taken from it in blocks. */
  void forked() {
    begin(Optional.of("its stream is forked"));
  }

  /**
   * Takes a header that this region signed: one of a number that this store has not told is another
   * life's.
   */
  void witness(SignedHeader signed) {
    StreamId own = replica.own();
    long last = signed.header().covers().last();
    if (signed.header().stream().equals(own) && last > replica.chain(own).last()) {
      begin(Optional.of("number " + last + " was written before, which this store does not know"));
    }
  }

  private void begin(Optional<String> why) {
    Octets drawn = self.entropy().apply(Long.BYTES);
    number = Math.max(1, number(drawn) & Long.MAX_VALUE);
    StreamId next = stream(number);
    replica.begin(next);
    replica.note(NOTE, drawn(number));
    why.ifPresent(
        text ->
            notices.add(
                new Notice(
                    Notice.What.RESTORED,
                    Optional.of(self.region()),
                    text + ": it goes on as incarnation " + number)));
  }

  private static Octets drawn(long number) {
    return Items.longs(List.of(number));
  }

  /** Which stream is written. */
  long number() {
    return number;
  }

  /**
   * Makes blocks of what is pending, unless nothing can be signed. Who writes nothing begins
   * nothing.
   */
  void seal() {
    Optional<OwnKeys.Signing> signing = own.signing();
    if (replica.unsealed() == 0 || signing.isEmpty()) {
      return;
    }
    long next = replica.chain(replica.own()).last() + 1;
    if (next > 1 && !keys.ring().history(self.region()).isOpen(number, next)) {
      begin(Optional.of("its stream ended when its key was replaced"));
    }
    SigningKey key = signing.get().key();
    if (keys.ring().writer(replica.own()).isEmpty()) {
      keys.add(keys.ring().begin(self.region(), number, key));
    }
    replica.seal(Sealer.of(replica.own(), key, signing.get().index(), key.derived()));
  }
}
