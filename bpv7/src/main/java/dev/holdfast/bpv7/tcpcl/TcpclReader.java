package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what one side of a TCPCLv4 connection sent, as a bystander: for captures. It answers
 * nothing and judges only what it must to go on reading; a session of one's own is {@link
 * TcpclSession}. Data is handed on in slices of what came in; nothing is gathered. One thread at a
 * time.
 *
 * <p>A bystander is not told of {@link Leniency#LENGTH_IN_EVERY_SEGMENT}, so it finds out: read
 * strictly, a later segment of such a side has no data and is followed by a message of a type that
 * does not exist.
 */
public final class TcpclReader {
  private static final int VERSION = 4;
  private static final Octets CONTACT_HEADER = Octets.ofHex("64746e210400");

  private final TcpclLimits limits;
  private MessageReader reader;
  private boolean settled;

  /** An empty segment that may be the start of one in the other form. */
  private Optional<Message.XferSegment> held = Optional.empty();

  /** How many bytes before those that {@link #reader} was given. */
  private long before;

  private boolean unreadable;

  /**
   * A reader at the start of a connection.
   *
   * @param limits of which only the lengths of node ids and extension items count
   */
  public TcpclReader(TcpclLimits limits) {
    this.limits = limits;
    this.reader = new MessageReader(limits, false);
  }

  /** What the next bytes hold, in order. After {@link TcpclPart.Unreadable} always nothing. */
  public List<TcpclPart> on(Octets received) {
    List<TcpclPart> parts = new ArrayList<>();
    if (unreadable) {
      return parts;
    }
    Octets rest = received;
    long restAt = before + reader.position();
    reader.feed(received);
    while (!unreadable) {
      Message message = reader.next();
      if (message instanceof Message.Incomplete) {
        return parts;
      }
      if (held.isPresent()) {
        Message.XferSegment empty = held.get();
        held = Optional.empty();
        settled = true;
        if (message instanceof Message.Unreadable(Message.Unreadable.Cause cause, _, _)
            && cause == Message.Unreadable.Cause.UNKNOWN_TYPE) {
          readOtherForm(empty, rest.from((int) (before + reader.position() - restAt)));
          continue;
        }
        segment(empty, parts);
      }
      if (message instanceof Message.XferSegment segment && isInDoubt(segment)) {
        held = Optional.of(segment);
      } else {
        tell(message, parts);
      }
    }
    return parts;
  }

  private boolean isInDoubt(Message.XferSegment segment) {
    boolean later = (segment.flags() & Message.START) == 0;
    if (later && segment.length() > 0) {
      settled = true;
    }
    return later && !settled;
  }

  /** Begins again at the head of the segment, with a length of extensions in every segment. */
  private void readOtherForm(Message.XferSegment empty, Octets rest) {
    byte[] head = new byte[18];
    head[0] = Message.XFER_SEGMENT;
    head[1] = (byte) empty.flags();
    for (int i = 0; i < 8; i++) {
      head[2 + i] = (byte) (empty.id() >>> (56 - 8 * i));
    }
    before += reader.position() - head.length - CONTACT_HEADER.size();
    reader = new MessageReader(limits, true);
    reader.feed(CONTACT_HEADER);
    reader.next();
    reader.feed(Octets.concat(List.of(Octets.wrap(head), rest)));
  }

  private void tell(Message message, List<TcpclPart> parts) {
    switch (message) {
      case Message.ContactHeader(int version, int flags) -> contact(version, flags, parts);
      case Message.SessInit init ->
          parts.add(new TcpclPart.SessionInit(NodeIdText.parse(init.nodeId())));
      case Message.XferSegment segment -> segment(segment, parts);
      case Message.SegmentData(Octets octets, boolean last) -> {
        parts.add(new TcpclPart.SegmentData(octets));
        if (last) {
          parts.add(new TcpclPart.SegmentEnded());
        }
      }
      case Message.XferRefuse(int reason, long id) ->
          parts.add(new TcpclPart.Refused(id, XferRefuseReason.of(reason)));
      case Message.SessTerm _ -> parts.add(new TcpclPart.SessionEnded());
      case Message.XferAck _, Message.Keepalive _, Message.MsgReject _, Message.Incomplete _ ->
          parts.add(new TcpclPart.Other());
      case Message.Unreadable(_, _, Fault fault) ->
          fail(fault.offset() + before, fault.section(), fault.reason(), parts);
    }
  }

  private void contact(int version, int flags, List<TcpclPart> parts) {
    if (version == VERSION) {
      parts.add(new TcpclPart.ContactHeader((flags & Message.CAN_TLS) != 0));
    } else {
      fail(4, "RFC 9174 §4.3", "it is version " + version + " of TCPCL, not 4", parts);
    }
  }

  private static void segment(Message.XferSegment segment, List<TcpclPart> parts) {
    parts.add(
        new TcpclPart.SegmentBegun(
            segment.id(),
            (segment.flags() & Message.START) != 0,
            (segment.flags() & Message.END) != 0));
    if (segment.length() == 0) {
      parts.add(new TcpclPart.SegmentEnded());
    }
  }

  private void fail(long offset, String section, String reason, List<TcpclPart> parts) {
    unreadable = true;
    parts.add(new TcpclPart.Unreadable(new Fault(offset, section, reason)));
  }
}
