package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches what leaves a node against what is durable in it: every final acknowledgement must have
 * its commit before it. Reads the written bytes by itself.
 */
final class AckOrder {
  private final PeerBytes bytes = new PeerBytes(false);
  private final Map<Long, Long> totals = new LinkedHashMap<>();
  private final Set<Long> durable = new LinkedHashSet<>();
  private final List<String> broken = new ArrayList<>();
  private int finalAcks;

  /** The peer has sent a whole bundle. */
  void sent(long id, long total) {
    totals.put(id, total);
  }

  /** The store has synced it. */
  void durable(long id) {
    durable.add(id);
  }

  /** The node has written this. */
  void wrote(List<TcpclOutput> outputs) {
    for (TcpclOutput output : outputs) {
      if (output instanceof TcpclOutput.Write(var parts, int _)) {
        bytes.decode(Octets.concat(parts)).forEach(this::message);
      }
    }
  }

  private void message(String line) {
    if (!line.startsWith("XFER_ACK")) {
      return;
    }
    Words words = Words.of(line);
    long id = words.number("id", -1);
    boolean last =
        (words.number("flags", 0) & 1) != 0
            || words.number("length", 0) >= totals.getOrDefault(id, Long.MAX_VALUE);
    if (last) {
      finalAcks++;
      if (!durable.contains(id)) {
        broken.add("the final acknowledgement of transfer " + id + " left before it was durable");
      }
    }
  }

  int finalAcks() {
    return finalAcks;
  }

  List<String> broken() {
    return broken;
  }
}
