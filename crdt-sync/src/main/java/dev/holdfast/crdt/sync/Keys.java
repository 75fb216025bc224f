package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyChange;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What regions have said of their keys, kept beside the replica. For one thread. */
final class Keys {
  private static final Octets NOTE = Octets.wrap(new byte[] {2});

  private final Replica replica;
  private final List<Notice> notices;
  private final List<KeyStatement> statements = new ArrayList<>();
  private final SortedSet<RegionId> kept = new TreeSet<>();
  private KeyRing ring;
  private int edition;
  private int changes;

  /** Of the regions that are configured, with what they have said before. */
  Keys(KeyRing configured, Replica replica, List<Notice> notices) {
    this.replica = replica;
    this.notices = notices;
    this.ring = configured;
    Optional<Octets> note = replica.note(NOTE);
    if (note.isPresent()
        && KeyRing.decode(note.get()) instanceof Parsed.Good<KeyRing>(KeyRing before)) {
      for (KeyStatement statement : before.statements()) {
        kept.add(RegionId.of(statement.firstKey()));
        if (ring.add(statement) instanceof KeyRing.Added(KeyRing more)) {
          ring = more;
        }
      }
    }
    statements.addAll(ring.statements());
  }

  KeyRing ring() {
    return ring;
  }

  /** Whether the store had something that a region has said, when it was opened. */
  boolean hadOf(RegionId region) {
    return kept.contains(region);
  }

  /** What counts, in the order in which it is to be told. */
  List<KeyStatement> statements() {
    return statements;
  }

  /** Changes when some of it does not count any more: then all is to be told anew. */
  int edition() {
    return edition;
  }

  /** How often something was added. */
  int changes() {
    return changes;
  }

  /** Takes a statement; whether those before it are missing. */
  boolean add(KeyStatement statement) {
    Optional<RegionId> region = Optional.of(RegionId.of(statement.firstKey()));
    switch (ring.add(statement)) {
      case KeyRing.Added(KeyRing more) -> keep(more, statement);
      case KeyRing.Duplicate _ -> {}
      case KeyRing.Missing _ -> {
        return true;
      }
      case KeyRing.Contradiction contradiction ->
          notices.add(
              new Notice(
                  Notice.What.FORK,
                  region,
                  "two things are said of its keys: " + contradiction.other()));
      case KeyRing.Refused(String why) ->
          notices.add(new Notice(Notice.What.REFUSED, Optional.empty(), why));
    }
    return false;
  }

  private void keep(KeyRing more, KeyStatement statement) {
    KeyRing before = ring;
    ring = more;
    changes++;
    replica.note(NOTE, more.encode());
    statements.add(statement);
    if (statement instanceof KeyChange) {
      lookAtWhatWasTaken(before, RegionId.of(statement.firstKey()));
      statements.clear();
      statements.addAll(more.statements());
      edition++;
    }
  }

  /** Blocks that were taken before it was known that their key had been replaced. */
  private void lookAtWhatWasTaken(KeyRing before, RegionId region) {
    for (StreamId stream : replica.streams()) {
      boolean theirs = before.writer(stream).filter(it -> it.region().equals(region)).isPresent();
      Optional<SignedHeader> head = replica.chain(stream).head();
      if (theirs
          && head.isPresent()
          && !(ring.signer(head.get().header()) instanceof KeyRing.Known)) {
        notices.add(
            new Notice(
                Notice.What.BAD_SIGNATURE,
                Optional.of(region),
                "stream %s was taken up to %d, under a key that had been replaced"
                    .formatted(stream, head.get().header().covers().last())));
      }
    }
  }

  /** The proof of a fork, as everybody is told it. */
  SelfCertified.Proof proof(ForkProof fork) {
    KeyRing.Writer writer = ring.writer(fork.stream()).orElseThrow();
    return new SelfCertified.Proof(
        ring.exportClass(), writer.firstKey(), writer.incarnation(), fork);
  }
}
