package dev.holdfast.contacts.trace.capture;

import java.util.LinkedHashMap;

/** Who sends datagrams to whom in a capture, within a limit. */
final class Datagrams {
  /** Two ends whose datagrams are understood; {@code first} is side 0. */
  private record Exchange(Endpoint first, Line line, DatagramTalk talk) {
    void end() {
      line.down(0, false);
      line.down(1, false);
    }
  }

  private final CaptureOptions options;
  private final Crossings crossings;

  /** The one that was silent longest comes first. */
  private final LinkedHashMap<Pair, Exchange> known = new LinkedHashMap<>(64, 0.75f, true);

  Datagrams(CaptureOptions options, Crossings crossings) {
    this.options = options;
    this.crossings = crossings;
  }

  void on(UdpDatagram datagram) {
    Pair pair = Pair.of(datagram);
    Exchange exchange = known.get(pair);
    if (exchange == null) {
      boolean expected =
          switch (options.layer()) {
            case GUESS -> FirstBytes.isBundle(datagram.payload());
            case UDPCL -> true;
            case TCPCL, MTCP -> false;
          };
      if (!expected) {
        return;
      }
      exchange = begin(datagram);
      known.put(pair, exchange);
    }
    if (datagram.payload().size() < datagram.length()) {
      crossings.findings().count(IpPackets.IN_PART);
    } else {
      exchange.talk().on(datagram.from().equals(exchange.first()) ? 0 : 1, datagram.payload());
    }
  }

  private Exchange begin(UdpDatagram datagram) {
    if (known.size() >= options.limits().connections()) {
      known.pollFirstEntry().getValue().end();
      crossings.findings().count("connections were given up for want of room");
    }
    Line line = new Line(crossings, options, datagram.from(), datagram.to());
    return new Exchange(datagram.from(), line, new UdpclTalk(line));
  }

  /** The capture ends. */
  void end() {
    known.values().forEach(Exchange::end);
    known.clear();
  }
}
