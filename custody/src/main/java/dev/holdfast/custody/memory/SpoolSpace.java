package dev.holdfast.custody.memory;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Large payloads by number, each as the pieces it came in, and which bundle each is tied to. */
final class SpoolSpace {
  /** Bytes in the order they came. */
  private record Content(List<Octets> pieces, long length, Optional<HeldKey> tiedTo) {
    Content tied(Optional<HeldKey> key) {
      return new Content(pieces, length, key);
    }
  }

  private final TreeMap<Long, Content> contents = new TreeMap<>();
  private final TreeMap<HeldKey, Long> ties = new TreeMap<>();
  private long lastNumber;

  SpoolSpace copy() {
    SpoolSpace copy = new SpoolSpace();
    copy.contents.putAll(contents);
    copy.ties.putAll(ties);
    copy.lastNumber = lastNumber;
    return copy;
  }

  Payload.Spooled add(List<Octets> pieces) {
    long length = 0;
    for (Octets piece : pieces) {
      length += piece.size();
    }
    lastNumber++;
    contents.put(lastNumber, new Content(List.copyOf(pieces), length, Optional.empty()));
    return new Payload.Spooled(lastNumber, length);
  }

  /** Ties a payload to a bundle; the returned action takes that back. */
  Runnable tie(Payload.Spooled payload, HeldKey key) {
    Content content = contents.get(payload.spool());
    if (content == null || content.length != payload.length() || content.tiedTo.isPresent()) {
      throw new IllegalArgumentException("not a finished payload that is free: " + payload);
    }
    contents.put(payload.spool(), content.tied(Optional.of(key)));
    ties.put(key, payload.spool());
    return () -> {
      contents.put(payload.spool(), content);
      ties.remove(key);
    };
  }

  /** Drops the payload of a bundle if it has one here; the returned action brings it back. */
  Runnable drop(HeldKey key) {
    Long number = ties.remove(key);
    if (number == null) {
      return () -> {};
    }
    Content content = contents.remove(number);
    if (content == null) {
      throw new IllegalStateException("a tie without a payload: " + key);
    }
    return () -> {
      contents.put(number, content);
      ties.put(key, number);
    };
  }

  /** Drops one payload if it is there and tied to nothing. */
  void discard(long number) {
    Content content = contents.get(number);
    if (content != null && content.tiedTo.isEmpty()) {
      contents.remove(number);
    }
  }

  /** Forgets all payloads that are tied to nothing, as a restart does. */
  void sweep() {
    contents.values().removeIf(content -> content.tiedTo.isEmpty());
  }

  /** How many payloads are tied to nothing. */
  long untied() {
    return contents.values().stream().filter(content -> content.tiedTo.isEmpty()).count();
  }

  Octets read(long number, long position, int length) {
    Content content = contents.get(number);
    if (content == null) {
      throw new IllegalStateException("no payload has the number " + number);
    }
    List<Octets> found = new ArrayList<>();
    long start = 0;
    long end = Math.min(content.length, position + length);
    for (Octets piece : content.pieces) {
      long from = Math.max(position, start);
      long to = Math.min(end, start + piece.size());
      if (from < to) {
        found.add(piece.slice((int) (from - start), (int) (to - start)));
      }
      start += piece.size();
    }
    return Octets.concat(found);
  }
}
