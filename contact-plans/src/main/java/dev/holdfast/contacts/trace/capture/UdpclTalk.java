package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/** A bundle in each datagram, as the UDP convergence layer of ION and the like has it. */
final class UdpclTalk implements DatagramTalk {
  private final Line line;

  UdpclTalk(Line line) {
    this.line = line;
  }

  @Override
  public void on(int side, Octets datagram) {
    if (!FirstBytes.isBundle(datagram)) {
      line.crossings().findings().count("datagrams hold no bundle: left out");
      return;
    }
    line.up(side);
    long number = line.begin(side, CaptureLayer.UDPCL);
    line.data(side, number, datagram);
    line.crossings().whole(number);
  }
}
