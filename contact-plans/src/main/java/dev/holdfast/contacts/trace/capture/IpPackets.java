package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.TraceFindings;
import java.util.Optional;

/**
 * Finds TCP segments in packets: IPv4 and IPv6, with their options. What is no TCP is passed over;
 * what was TCP and cannot be read is counted.
 */
final class IpPackets {
  private static final int TCP = 6;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;
  private static final int MOST_HEADERS = 8;

  private final TraceFindings findings;

  IpPackets(TraceFindings findings) {
    this.findings = findings;
  }

  Optional<TcpSegment> segment(Packet packet) {
    if (!LinkLayer.isKnown(packet.linkType())) {
      findings.count("packets of link type " + packet.linkType() + ", which is unknown: left out");
      return Optional.empty();
    }
    return LinkLayer.ip(packet)
        .flatMap(
            ip ->
                switch (ip.unsigned(0) >> 4) {
                  case 4 -> version4(ip);
                  case 6 -> version6(ip);
                  default -> Optional.empty();
                });
  }

  private Optional<TcpSegment> version4(Octets ip) {
    int head = (ip.unsigned(0) & 0xf) * 4;
    if (head < 20 || ip.size() < head || ip.unsigned(9) != TCP) {
      return Optional.empty();
    }
    if ((LinkLayer.u16(ip, 6) & 0x3fff) != 0) {
      return fragment();
    }
    // Zero where the network card was to cut the packet: then it is as long as what was captured.
    int total = LinkLayer.u16(ip, 2) == 0 ? ip.size() : LinkLayer.u16(ip, 2);
    if (total < head) {
      return Optional.empty();
    }
    return tcp(ip.slice(12, 16), ip.slice(16, 20), upTo(ip, head, total), total - head);
  }

  private Optional<TcpSegment> version6(Octets ip) {
    if (ip.size() < 40) {
      return Optional.empty();
    }
    int total = LinkLayer.u16(ip, 4) == 0 ? ip.size() : 40 + LinkLayer.u16(ip, 4);
    int next = ip.unsigned(6);
    int at = 40;
    for (int headers = 0; next != TCP; headers++) {
      boolean passable = next == HOP_BY_HOP || next == ROUTING || next == DESTINATION;
      if ((!passable && next != FRAGMENT) || headers >= MOST_HEADERS || ip.size() < at + 8) {
        return Optional.empty();
      }
      if (next == FRAGMENT && (LinkLayer.u16(ip, at + 2) & 0xfff9) != 0) {
        return fragment();
      }
      int length = next == FRAGMENT ? 8 : 8 + 8 * ip.unsigned(at + 1);
      next = ip.unsigned(at);
      at += length;
    }
    if (total < at || ip.size() < at) {
      return Optional.empty();
    }
    return tcp(ip.slice(8, 24), ip.slice(24, 40), upTo(ip, at, total), total - at);
  }

  /** What was captured of an IP packet's content; a frame may have padding behind it. */
  private static Octets upTo(Octets ip, int from, int total) {
    return ip.slice(from, Math.min(total, ip.size()));
  }

  private Optional<TcpSegment> fragment() {
    findings.count("fragments of IP packets: left out, they are not put together");
    return Optional.empty();
  }

  private Optional<TcpSegment> tcp(Octets source, Octets target, Octets tcp, int total) {
    int head = tcp.size() < 20 ? 0 : (tcp.unsigned(12) >> 4) * 4;
    if (head < 20 || total < head || tcp.size() < head) {
      findings.count("TCP packets without a whole head: left out");
      return Optional.empty();
    }
    int sequence = LinkLayer.u16(tcp, 4) << 16 | LinkLayer.u16(tcp, 6);
    return Optional.of(
        new TcpSegment(
            new Endpoint(source, LinkLayer.u16(tcp, 0)),
            new Endpoint(target, LinkLayer.u16(tcp, 2)),
            sequence,
            tcp.unsigned(13),
            tcp.from(head),
            total - head));
  }
}
