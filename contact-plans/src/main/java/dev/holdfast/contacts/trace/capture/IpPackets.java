package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.TraceFindings;
import java.util.Optional;

/**
 * Finds TCP segments and UDP datagrams in packets: IPv4 and IPv6, with their options. What is
 * neither is passed over; what cannot be read of them is counted.
 */
final class IpPackets {
  static final String IN_PART =
      "packets were captured only in part: capture whole ones (tcpdump -s 0)";

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;
  private static final int MOST_HEADERS = 8;

  private static final int UDP_HEAD = 8;

  /** The addresses of a packet; both protocols begin with the two ports. */
  private record Ends(Octets from, Octets to) {
    Endpoint source(Octets content) {
      return new Endpoint(from, LinkLayer.u16(content, 0));
    }

    Endpoint target(Octets content) {
      return new Endpoint(to, LinkLayer.u16(content, 2));
    }
  }

  private final TraceFindings findings;

  IpPackets(TraceFindings findings) {
    this.findings = findings;
  }

  Optional<Carried> carried(Packet packet) {
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

  private Optional<Carried> version4(Octets ip) {
    int head = (ip.unsigned(0) & 0xf) * 4;
    if (head < 20 || ip.size() < head || !isWanted(ip.unsigned(9))) {
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
    Ends ends = new Ends(ip.slice(12, 16), ip.slice(16, 20));
    return content(ip.unsigned(9), ends, upTo(ip, head, total), total - head);
  }

  private Optional<Carried> version6(Octets ip) {
    if (ip.size() < 40) {
      return Optional.empty();
    }
    int total = LinkLayer.u16(ip, 4) == 0 ? ip.size() : 40 + LinkLayer.u16(ip, 4);
    int next = ip.unsigned(6);
    int at = 40;
    for (int headers = 0; !isWanted(next); headers++) {
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
    Ends ends = new Ends(ip.slice(8, 24), ip.slice(24, 40));
    return content(next, ends, upTo(ip, at, total), total - at);
  }

  /** What was captured of an IP packet's content; a frame may have padding behind it. */
  private static Octets upTo(Octets ip, int from, int total) {
    return ip.slice(from, Math.min(total, ip.size()));
  }

  private Optional<Carried> fragment() {
    findings.count("fragments of IP packets: left out, they are not put together");
    return Optional.empty();
  }

  private static boolean isWanted(int protocol) {
    return protocol == TCP || protocol == UDP;
  }

  private Optional<Carried> content(int protocol, Ends ends, Octets content, int total) {
    return protocol == TCP ? tcp(ends, content, total) : udp(ends, content, total);
  }

  private Optional<Carried> tcp(Ends ends, Octets tcp, int total) {
    int head = tcp.size() < 20 ? 0 : (tcp.unsigned(12) >> 4) * 4;
    if (head < 20 || total < head || tcp.size() < head) {
      findings.count("TCP packets without a whole head: left out");
      return Optional.empty();
    }
    int sequence = LinkLayer.u16(tcp, 4) << 16 | LinkLayer.u16(tcp, 6);
    return Optional.of(
        new TcpSegment(
            ends.source(tcp),
            ends.target(tcp),
            sequence,
            tcp.unsigned(13),
            tcp.from(head),
            total - head));
  }

  private Optional<Carried> udp(Ends ends, Octets udp, int total) {
    int length = udp.size() < UDP_HEAD ? 0 : LinkLayer.u16(udp, 4);
    if (length < UDP_HEAD || length > total) {
      return Optional.empty();
    }
    Octets payload = udp.slice(UDP_HEAD, Math.min(length, udp.size()));
    return Optional.of(
        new UdpDatagram(ends.source(udp), ends.target(udp), payload, length - UDP_HEAD));
  }
}
