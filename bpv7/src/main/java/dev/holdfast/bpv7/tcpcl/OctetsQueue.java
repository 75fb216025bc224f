package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Bytes in pieces, put in at one end and taken out at the other without being copied. */
final class OctetsQueue {
  private final ArrayDeque<Octets> pieces = new ArrayDeque<>(4);
  private long size;

  void add(Octets octets) {
    if (!octets.isEmpty()) {
      pieces.add(octets);
      size += octets.size();
    }
  }

  long size() {
    return size;
  }

  /** The first {@code count} bytes, which are there. */
  List<Octets> take(int count) {
    List<Octets> taken = new ArrayList<>(pieces.size());
    int left = count;
    while (left > 0) {
      Octets first = pieces.removeFirst();
      if (first.size() > left) {
        pieces.addFirst(first.from(left));
        first = first.slice(0, left);
      }
      taken.add(first);
      left -= first.size();
    }
    size -= count;
    return taken;
  }
}
