package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.StateRoot;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Replica;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of another region in one class, and what it was told. For one thread. */
final class Peer {
  /**
   * How far it said it is.
   *
   * @param clock its clock then
   * @param frontier how far
   * @param message the beginning of the message's id
   * @param budget bytes that it takes until it is heard of again
   */
  record Said(Hlc clock, WireFrontier frontier, Octets message, long budget) {}

  /**
   * A state that it is being sent in parts.
   *
   * @param name of the state
   * @param next the leaf that the next part begins with; empty if all were sent
   */
  record Bulk(Octets name, Optional<Leaf> next) {}

  /**
   * A sketch that it was sent.
   *
   * @param key under which entries have their names in it
   * @param root of the state that it is of
   * @param cells how many of each stream
   * @param streams how many streams
   */
  record Sent(SketchKey key, StateRoot root, int cells, int streams) {}

  private static final Octets NOTE = Octets.wrap(new byte[] {1});

  final RegionId region;

  /** The last that it said; null if nothing. */
  @Nullable Said said;

  /** Of each stream the last number that it was sent. */
  final SortedMap<StreamId, Long> sent = new TreeMap<>();

  /** When what was sent last can be answered; 0 if nothing is to be. */
  long answered;

  /** When what was sent last is there. */
  long arrives;

  /** How often in this contact nothing was heard when an answer could have been here. */
  int silences;

  /** Bytes that it was sent since it was heard of. */
  long sentBytes;

  /** How many statements of keys, of which edition of them, and proofs, it was sent. */
  int statements;

  int edition;

  int proofs;

  /** Whether blocks that it was sent have been lost lately. */
  boolean loses;

  /** The state that it is being sent. */
  @Nullable Bulk bulk;

  /** The time at which messages can leave to it; null if they cannot. */
  @Nullable Opportunity open;

  /** Bytes that can still leave. */
  long left;

  /** What it was told last in this contact, and when. */
  @Nullable WireFrontier told;

  long toldAt;

  /** Whether it did not know the message that we said we are equal to. */
  boolean wantsWhole;

  /** The root whose sketch it was sent in this contact. */
  @Nullable StateRoot sketched;

  /** When it was sent a sketch last. */
  long sketchedAt;

  /** The sketch that it was sent last in this contact. */
  @Nullable Sent sketch;

  /** Whether it sent a sketch in this contact that shows too little, and was told nothing of it. */
  boolean waits;

  /** What it said of streams in this contact that was held against the blocks kept here. */
  final SortedMap<StreamId, Frontier.Reach> compared = new TreeMap<>();

  /** What was done for it in this contact. */
  WorkDone work = new WorkDone();

  /** Since when, if messages cannot leave to it. */
  long workSince;

  /** How far it is told of what it can never confirm. */
  final OneWay.Rounds rounds = new OneWay.Rounds();

  /** How far all had changed when it was told everything; -1 if something may be left to tell. */
  long settled = -1;

  /** Whether it was asked in this contact for blocks of ours that only it knows. */
  boolean asked;

  /** Whether it was told in this contact that it signs with a key that it has replaced. */
  boolean reminded;

  /** How many statements of keys were known when it was asked for more in this contact; or -1. */
  int askedKeys = -1;

  /** How many differences the next sketch is made for, at least. */
  long differences;

  Peer(RegionId region) {
    this.region = region;
  }

  /** For people. */
  ClassSync.PeerView view(Replica replica) {
    Said last = said;
    if (last == null) {
      return new ClassSync.PeerView(region, open != null, false, Optional.empty(), 0);
    }
    WireFrontier frontier = last.frontier();
    boolean inStep = frontier.root().equals(replica.root());
    return new ClassSync.PeerView(
        region, open != null, inStep, Optional.of(last.clock()), frontier.last(replica.own()));
  }

  /** The last number of a stream that it confirmed; 0 if it was never heard. */
  long has(StreamId stream) {
    Said words = said;
    return words == null ? 0 : words.frontier().last(stream);
  }

  /** Grows whenever it was heard. */
  long heard() {
    Said words = said;
    return words == null ? 0 : words.clock().packed();
  }

  /**
   * Whether it has heard of a stream, and of another one no number beyond some: as it said last.
   */
  boolean knowsOnly(StreamId one, StreamId other, long last) {
    Said words = said;
    return words != null
        && words.frontier().highest(one) > 0
        && words.frontier().highest(other) <= last;
  }

  /** What it was sent, while that is not to count. */
  private record Aside(
      SortedMap<StreamId, Long> sent, long answered, long arrives, int statements, int proofs) {}

  private @Nullable Aside aside;

  /** Forgets for a while what it was sent. */
  void setAside() {
    takeBack();
    aside = new Aside(new TreeMap<>(sent), answered, arrives, statements, proofs);
    sent.clear();
    answered = 0;
    statements = 0;
    proofs = 0;
  }

  /** What it was sent counts again, and what it was sent meanwhile does not. */
  void takeBack() {
    Aside before = aside;
    if (before != null) {
      sent.clear();
      sent.putAll(before.sent);
      answered = before.answered;
      arrives = before.arrives;
      statements = before.statements;
      proofs = before.proofs;
      settled = -1;
      aside = null;
    }
  }

  private Octets note() {
    return Octets.concat(List.of(NOTE, region.name()));
  }

  /** Keeps it over a restart. */
  void keep(Replica replica) {
    replica.note(note(), encode());
  }

  /** As it was kept, if it was. */
  void restoreFrom(Replica replica) {
    replica.note(note()).ifPresent(this::restore);
  }

  /** What is kept of it over a restart: how far it said it is, and what it was sent. */
  Octets encode() {
    var to = new CborWriter(512).array(4);
    Said last = said;
    if (last == null) {
      to.nil();
    } else {
      to.array(4).unsigned(last.clock().packed()).bytes(last.message()).unsigned(last.budget());
      FrontierForm.write(to, last.frontier().root(), last.frontier().streams());
      to.end();
    }
    to.array(2 * sent.size());
    sent.forEach((stream, number) -> to.bytes(stream.name()).unsigned(number));
    return to.end().unsigned(answered).unsigned(arrives).end().finish();
  }

  /** As it was kept. */
  void restore(Octets octets) {
    var from = new CborReader(octets);
    from.array(4);
    if (!from.nextIsNull()) {
      from.array(4);
      Hlc clock = Hlc.unpack(from.unsigned());
      Octets message = from.bytes().compact();
      long budget = from.unsigned();
      FrontierForm.Names names =
          FrontierForm.read(from, WireFrontier.NAME_SIZE, SyncLimits.DEFAULT);
      said = new Said(clock, new WireFrontier(names.root(), names.streams()), message, budget);
    }
    for (int items = from.array(); items > 0; items -= 2) {
      StreamId stream = new StreamId(from.bytes(StreamId.SIZE).compact());
      sent.put(stream, from.unsigned());
    }
    answered = from.unsigned();
    arrives = from.unsigned();
  }

  /** What it was sent of a stream and need not be sent again yet. */
  long sentThrough(StreamId stream) {
    return sent.getOrDefault(stream, 0L);
  }
}
