package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.trace.LinkTraceText;
import java.util.OptionalLong;

/**
 * What a connection is to the trace: two directed links between the nodes at its ends, which are
 * named by what they say of themselves, else by their addresses.
 */
final class Line {
  private final Crossings crossings;
  private final CaptureOptions options;
  private final String connection;
  private final String[] names;
  private final String[] addresses;
  private final boolean[] up = new boolean[2];
  private final boolean[] over = new boolean[2];
  private boolean named;
  private boolean secret;
  private OptionalLong owltNanos = OptionalLong.empty();

  Line(Crossings crossings, CaptureOptions options, Endpoint first, Endpoint second) {
    this.crossings = crossings;
    this.options = options;
    this.connection = first + ">" + second;
    this.addresses = new String[] {addressName(first), addressName(second)};
    this.names = addresses.clone();
  }

  private String addressName(Endpoint end) {
    String whole = end.toString();
    String name = options.names().getOrDefault(whole, options.names().get(end.addressText()));
    return name == null ? whole : name;
  }

  Crossings crossings() {
    return crossings;
  }

  void owlt(long nanos) {
    owltNanos = OptionalLong.of(nanos);
  }

  /** A side says who it is; that counts until a link is up. */
  void name(int side, NodeId node) {
    String name =
        switch (node.eid()) {
          case IpnEid ipn -> NodeNumber.of(ipn.qualifiedNode()).toString();
          case DtnEid dtn -> dtn.nodeName();
          case NullEid _, UnknownEid _ -> "";
        };
    if (!named
        && LinkTraceText.isName(name)
        && name.length() <= options.traceLimits().nameBytes()) {
      names[side] = name;
    }
  }

  /** The link from a side to the other one is up, unless it is or was. */
  void up(int side) {
    if (up[side] || over[side]) {
      return;
    }
    if (!named && names[0].equals(names[1])) {
      tell("has node " + names[0] + " at both ends, so its addresses name them");
      names[0] = addresses[0];
      names[1] = addresses[1] + (addresses[0].equals(addresses[1]) ? "-2" : "");
    }
    named = true;
    up[side] = true;
    crossings.up(names[side], names[1 - side], owltNanos);
  }

  /** What crosses cannot be read: the links are up, and that is all. */
  void secret() {
    secret = true;
    up(0);
    up(1);
    tell("uses TLS, so what crosses it cannot be read: only that it is up");
  }

  /** New bytes of a side: all that is known of a line whose talk is secret. */
  void bytes(int side, long count) {
    if (secret) {
      sent(side, count);
    }
  }

  private void sent(int side, long count) {
    if (up[side]) {
      crossings.sent(names[side], names[1 - side], count);
    }
  }

  /** The next bytes of a bundle of a side. */
  void data(int side, long number, Octets octets) {
    sent(side, octets.size());
    crossings.data(number, octets);
  }

  /** A side sends nothing more. */
  void down(int side, boolean broken) {
    if (up[side]) {
      crossings.down(names[side], names[1 - side], broken);
    }
    up[side] = false;
    over[side] = true;
  }

  /** A bundle of a side begins; gives its number. */
  long begin(int side, CaptureLayer layer) {
    return crossings.begin(names[side], names[1 - side], layer);
  }

  /** What a side sent is not what it was taken for. */
  void unreadable(int side, String why) {
    tell("cannot be read further, for what " + addresses[side] + " sent is " + why);
  }

  /** Something to know about the connection. */
  void tell(String what) {
    crossings.tell("connection " + connection + " " + what);
  }
}
