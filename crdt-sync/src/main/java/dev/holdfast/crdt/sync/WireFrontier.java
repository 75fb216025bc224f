package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.StateRoot;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Frontier.Reach;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A frontier that says of each stream's name only the beginning. It tells what to send; what to
 * remove is never decided by it, since a stream could be taken for another one.
 *
 * @param root stands for what is there
 * @param streams of the beginning of each stream's name how far it is known, in their order
 */
public record WireFrontier(StateRoot root, SortedMap<Octets, Reach> streams) {
  /** Bytes of a stream's name that are said. */
  public static final int NAME_SIZE = 8;

  /** Keeps its own copy, with ages as they are written. */
  public WireFrontier {
    var kept = new TreeMap<Octets, Reach>();
    streams.forEach(
        (name, reach) -> {
          if (name.size() != NAME_SIZE) {
            throw new IllegalArgumentException("not the beginning of a stream's name: " + name);
          }
          kept.put(name, FrontierForm.carried(reach));
        });
    streams = Collections.unmodifiableSortedMap(kept);
  }

  /**
   * What is said of a frontier. Of streams whose names begin alike nothing is said: who reads it
   * sends them once more than needed. Somebody who wants that can make such names, of his own
   * streams only.
   */
  public static WireFrontier of(Frontier frontier) {
    var streams = new TreeMap<Octets, Reach>();
    SortedSet<Octets> shared = sharedBeginnings(frontier.streams().keySet());
    frontier
        .streams()
        .forEach(
            (stream, reach) -> {
              Octets beginning = beginning(stream);
              if (!shared.contains(beginning)) {
                streams.put(beginning, reach);
              }
            });
    return new WireFrontier(frontier.root(), streams);
  }

  /** Whether another says the same of root and streams, whatever the ages. */
  boolean saysSameAs(WireFrontier other) {
    if (!root.equals(other.root) || !streams.keySet().equals(other.streams.keySet())) {
      return false;
    }
    return streams.entrySet().stream()
        .allMatch(
            entry -> {
              Reach reach = entry.getValue();
              Reach theirs = other.streams.get(entry.getKey());
              return theirs != null
                  && reach.last() == theirs.last()
                  && reach.head().equals(theirs.head())
                  && reach.heard().equals(theirs.heard());
            });
  }

  /** The last number that a stream is said to have; 0 if nothing is said of it. */
  long last(StreamId stream) {
    Reach reach = streams.get(beginning(stream));
    return reach == null ? 0 : reach.last();
  }

  /** The highest number of a stream that is said to be heard, in whatever way; 0 if none is. */
  long highest(StreamId stream) {
    Reach reach = streams.get(beginning(stream));
    return reach == null || reach.heard().isEmpty()
        ? last(stream)
        : Math.max(reach.last(), reach.heard().getLast().last());
  }

  private static Octets beginning(StreamId stream) {
    return stream.name().slice(0, NAME_SIZE).compact();
  }

  private static SortedSet<Octets> sharedBeginnings(Collection<StreamId> streams) {
    var seen = new TreeSet<Octets>();
    var shared = new TreeSet<Octets>();
    for (StreamId stream : streams) {
      if (!seen.add(beginning(stream))) {
        shared.add(beginning(stream));
      }
    }
    return shared;
  }

  /**
   * What it says to somebody who knows some streams.
   *
   * @param frontier of the streams known
   * @param unknown what is said of streams that are not: the other one knows more than these
   * @param ambiguous beginnings that fit several of those known, of which nothing is taken to be
   *     said
   */
  public record Resolved(
      Frontier frontier, SortedMap<Octets, Reach> unknown, SortedSet<Octets> ambiguous) {
    /** Keeps its own copies. */
    public Resolved {
      unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
      ambiguous = Collections.unmodifiableSortedSet(new TreeSet<>(ambiguous));
    }
  }

  /**
   * Finds the streams that are meant.
   *
   * @param known all streams that the reader knows of that class, each once
   */
  public Resolved resolve(Collection<StreamId> known) {
    SortedSet<Octets> ambiguous = sharedBeginnings(known);
    ambiguous.retainAll(streams.keySet());
    var unknown = new TreeMap<>(streams);
    var found = new TreeMap<StreamId, Reach>();
    for (StreamId stream : known) {
      Reach reach = streams.get(beginning(stream));
      unknown.remove(beginning(stream));
      if (reach != null && !ambiguous.contains(beginning(stream))) {
        found.put(stream, reach);
      }
    }
    return new Resolved(new Frontier(root, found), unknown, ambiguous);
  }
}
