package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.bpv7.tcpcl.TcpclPart;
import dev.holdfast.bpv7.tcpcl.TcpclReader;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** TCPCLv4 (RFC 9174): both sides say who they are, then bundles cross in both directions. */
final class TcpclTalk implements Talk {
  /** What was seen of one side. */
  private static final class Side {
    private final TcpclReader reader = new TcpclReader(TcpclLimits.DEFAULT);

    /** The numbers of the transfers that are under way, by their ids. */
    private final Map<Long, Long> transfers = new TreeMap<>();

    private boolean canTls;
    private boolean initSeen;

    /** The segment that is being read: its transfer, and whether that ends with it. */
    private long transfer;

    private boolean last;
  }

  private final Line line;
  private final List<Side> sides = List.of(new Side(), new Side());
  private boolean secret;

  TcpclTalk(Line line) {
    this.line = line;
  }

  @Override
  public void on(int side, Octets octets) {
    if (secret) {
      return;
    }
    for (TcpclPart part : sides.get(side).reader.on(octets)) {
      part(side, part);
    }
  }

  private void part(int side, TcpclPart part) {
    Side self = sides.get(side);
    switch (part) {
      case TcpclPart.ContactHeader(boolean canTls) -> {
        self.canTls = canTls;
        if (canTls && sides.get(1 - side).canTls) {
          secret = true;
          line.secret();
        }
      }
      case TcpclPart.SessionInit(Optional<NodeId> node) -> {
        node.ifPresent(known -> line.name(side, known));
        self.initSeen = true;
        if (sides.get(1 - side).initSeen) {
          line.up(0);
          line.up(1);
        }
      }
      case TcpclPart.SegmentBegun(long id, boolean start, boolean end) ->
          segment(side, id, start, end);
      case TcpclPart.SegmentData(Octets octets) -> line.data(side, self.transfer, octets);
      case TcpclPart.SegmentEnded() -> {
        if (self.last) {
          line.crossings().whole(self.transfer);
        }
      }
      case TcpclPart.Refused(long id, XferRefuseReason reason) -> {
        Long number = sides.get(1 - side).transfers.remove(id);
        if (number != null) {
          line.crossings().broken(number, "the receiver refused it (" + reason + ")");
        }
      }
      case TcpclPart.SessionEnded _, TcpclPart.Other _ -> {}
      case TcpclPart.Unreadable unreadable ->
          line.unreadable(side, "no TCPCLv4: " + unreadable.fault());
    }
  }

  private void segment(int side, long id, boolean start, boolean end) {
    Side self = sides.get(side);
    // A side whose SESS_INIT was not captured may send all the same.
    line.up(0);
    line.up(1);
    if (start) {
      Long before = self.transfers.remove(id);
      if (before != null) {
        line.crossings().broken(before, "its transfer began again");
      }
      long number = line.begin(side, CaptureLayer.TCPCL);
      if (number != Crossings.NONE) {
        self.transfers.put(id, number);
      }
    }
    self.transfer = self.transfers.getOrDefault(id, Crossings.NONE);
    self.last = end;
    if (end) {
      self.transfers.remove(id);
    }
  }

  @Override
  public void end(int side, String why) {
    Side self = sides.get(side);
    line.crossings().broken(self.transfer, why);
    self.transfers.values().forEach(number -> line.crossings().broken(number, why));
    self.transfers.clear();
  }
}
