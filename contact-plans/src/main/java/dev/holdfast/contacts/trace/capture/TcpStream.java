package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one side of a connection sent, in order: segments may come repeated, overlapping and in any
 * order. What came first stands. Bytes that are ahead wait, within limits; if those before them
 * never come the stream ends there.
 */
final class TcpStream {
  private final WaitingRoom room;
  private final TreeMap<Long, Octets> waiting = new TreeMap<>();
  private long waitingCost;

  private boolean begun;
  private int first;

  /** The position of the next byte in order, from 0 on, and its sequence number. */
  private long next;

  /** One past the last byte that was seen. */
  private long highest;

  private long end = Long.MAX_VALUE;
  private boolean cut;

  TcpStream(WaitingRoom room) {
    this.room = room;
  }

  /** The stream begins at that sequence number, unless it has begun. */
  void begin(int sequence) {
    if (!begun) {
      begun = true;
      first = sequence;
    }
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether the stream has begun there and nothing of it was seen. */
  boolean isFreshAt(int sequence) {
    return begun && first == sequence && highest == 0;
  }

  /** How many bytes came in order. */
  long position() {
    return next;
  }

  /** Whether bytes are missing that will not come any more, so that nothing after them counts. */
  boolean isCut() {
    return cut;
  }

  /** Whether everything up to the end came. */
  boolean isFinished() {
    return next >= end;
  }

  /** The side sends nothing from that sequence number on. */
  void endsAt(int sequence) {
    end = Math.min(end, Math.max(next, position(sequence)));
  }

  /** How many bytes of a segment were not seen before. */
  long fresh(int sequence, int length) {
    long to = position(sequence) + length;
    long fresh = Math.max(0, Math.min(length, to - highest));
    highest = Math.max(highest, to);
    return fresh;
  }

  private long position(int sequence) {
    int ahead = sequence - (first + (int) next);
    return next + ahead;
  }

  /** Takes a segment's data and gives what is in order by it. */
  List<Octets> on(int sequence, Octets data) {
    List<Octets> inOrder = new ArrayList<>();
    if (cut || data.isEmpty()) {
      return inOrder;
    }
    long at = position(sequence);
    if (at > next) {
      keep(at, data);
    } else if (at + data.size() > next) {
      take(data.from((int) (next - at)), inOrder);
      takeWaiting(inOrder);
    }
    return inOrder;
  }

  private void keep(long at, Octets data) {
    Octets there = waiting.get(at);
    if (there != null && there.size() >= data.size()) {
      return;
    }
    int cost = WaitingRoom.cost(data.size());
    if (!room.take(waitingCost, cost)) {
      cut();
      return;
    }
    waitingCost += cost;
    waiting.put(at, data.compact());
    if (there != null) {
      free(there);
    }
  }

  private void take(Octets data, List<Octets> inOrder) {
    inOrder.add(data);
    next += data.size();
  }

  private void takeWaiting(List<Octets> inOrder) {
    while (!waiting.isEmpty() && waiting.firstKey() <= next) {
      Map.Entry<Long, Octets> entry = waiting.pollFirstEntry();
      Octets data = entry.getValue();
      free(data);
      long skip = next - entry.getKey();
      if (skip < data.size()) {
        take(data.from((int) skip), inOrder);
      }
    }
  }

  private void free(Octets data) {
    int cost = WaitingRoom.cost(data.size());
    waitingCost -= cost;
    room.give(cost);
  }

  /** Nothing of the stream is read any more. */
  void cut() {
    cut = true;
    close();
  }

  /** Whether bytes still wait for others, which now will not come. */
  boolean hasGap() {
    return !waiting.isEmpty();
  }

  /** Gives back the room of what waits. */
  void close() {
    room.give(waitingCost);
    waitingCost = 0;
    waiting.clear();
  }
}
