package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/** What stands before the IP packet, by link type. */
final class LinkLayer {
  static final String MEND = "capture Ethernet, raw IP, loopback or Linux 'any' (cooked) instead";

  private static final int NULL = 0;
  private static final int ETHERNET = 1;
  private static final int RAW_BSD = 12;
  private static final int RAW_OPENBSD = 14;
  private static final int RAW = 101;
  private static final int LOOP = 108;
  private static final int LINUX_SLL = 113;
  private static final int IPV4 = 228;
  private static final int IPV6 = 229;
  private static final int LINUX_SLL2 = 276;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int VLAN = 0x8100;
  private static final int PROVIDER_VLAN = 0x88a8;
  private static final int MOST_TAGS = 4;

  private LinkLayer() {}

  static boolean isKnown(int linkType) {
    return switch (linkType) {
      case NULL, ETHERNET, RAW_BSD, RAW_OPENBSD, RAW, LOOP, LINUX_SLL, IPV4, IPV6, LINUX_SLL2 ->
          true;
      default -> false;
    };
  }

  /** The IP packet in a packet; empty if there is none. */
  static Optional<Octets> ip(Packet packet) {
    Octets octets = packet.octets();
    return switch (packet.linkType()) {
      // The first four bytes are a protocol family, whose numbers differ between systems; what
      // follows says itself whether it is IPv4 or IPv6.
      case NULL, LOOP -> from(octets, 4);
      case RAW_BSD, RAW_OPENBSD, RAW, IPV4, IPV6 -> from(octets, 0);
      case ETHERNET -> afterEtherType(octets, 12);
      case LINUX_SLL -> afterEtherType(octets, 14);
      case LINUX_SLL2 ->
          octets.size() >= 20 && isIp(u16(octets, 0)) ? from(octets, 20) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Octets> afterEtherType(Octets octets, int first) {
    int at = first;
    for (int tags = 0; tags <= MOST_TAGS && octets.size() >= at + 2; tags++) {
      int type = u16(octets, at);
      if (isIp(type)) {
        return from(octets, at + 2);
      }
      if (type != VLAN && type != PROVIDER_VLAN) {
        return Optional.empty();
      }
      at += 4;
    }
    return Optional.empty();
  }

  private static boolean isIp(int etherType) {
    return etherType == ETHERTYPE_IPV4 || etherType == ETHERTYPE_IPV6;
  }

  private static Optional<Octets> from(Octets octets, int at) {
    return octets.size() > at ? Optional.of(octets.from(at)) : Optional.empty();
  }

  static int u16(Octets octets, int at) {
    return octets.unsigned(at) << 8 | octets.unsigned(at + 1);
  }
}
