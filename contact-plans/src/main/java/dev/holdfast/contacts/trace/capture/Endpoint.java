package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * One end of a TCP connection.
 *
 * @param address of 4 or 16 bytes
 * @param port 0..65535
 */
record Endpoint(Octets address, int port) implements Comparable<Endpoint> {
  /** The address in words that a node name may have: IPv6 without shortening. */
  String addressText() {
    StringBuilder text = new StringBuilder();
    if (address.size() == 4) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? "" : ".").append(address.unsigned(i));
      }
    } else {
      for (int i = 0; i < 16; i += 2) {
        int group = address.unsigned(i) << 8 | address.unsigned(i + 1);
        text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
      }
    }
    return text.toString();
  }

  @Override
  public int compareTo(Endpoint other) {
    int first = address.compareTo(other.address);
    return first != 0 ? first : Integer.compare(port, other.port);
  }

  /** {@code ADDRESS:PORT}. */
  @Override
  public String toString() {
    return addressText() + ":" + port;
  }
}
