package dev.holdfast.bpv7.tcpcl;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Our bundles on their way to the peer (RFC 9174 §5.2): waiting, in segments, waiting for their
 * final acknowledgement.
 *
 * <p>Transfers are never interleaved (§5.2.2), but the next one begins before earlier ones are
 * acknowledged. A segment is written whole and only while the connection has room, so that
 * acknowledgements of the other half never wait for data that is not there yet.
 */
final class SendingHalf {
  private final Outbox out;
  private TcpclParameters own;
  private TcpclParameters.Pace pace;
  private long segmentMtu;
  private long transferMtu;

  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private @Nullable Outgoing current;
  private final Map<Long, Outgoing> unsettled = new LinkedHashMap<>();
  private final ArrayDeque<Outgoing> unwritten = new ArrayDeque<>();
  private long unsettledBytes;
  private long nextId;
  private boolean ending;

  /** Whether the peer has ever acknowledged with a flag. */
  private boolean flagged;

  SendingHalf(Outbox out, TcpclParameters own) {
    this.out = out;
    this.own = own;
    this.pace = own.pace();
  }

  /** The peer has said what it takes. */
  void established(PeerParameters peer) {
    segmentMtu = peer.segmentMru();
    transferMtu = own.allows(Leniency.TRANSFER_MRU_IS_A_WISH) ? Long.MAX_VALUE : peer.transferMru();
  }

  void pace(TcpclParameters.Pace next) {
    pace = next;
  }

  /** Bytes of data that may be written ahead of the connection. */
  long windowBytes() {
    return (long) pace.windowBytes() + pace.segmentBytes();
  }

  /** How many more bundles may wait. */
  int room() {
    return ending ? 0 : own.limits().queuedTransfers() - waiting.size();
  }

  /** Other parameters, before anything was sent. */
  void parameters(TcpclParameters next) {
    own = next;
    pace = next.pace();
  }

  /** Whether nothing waits and nothing is unsettled. */
  boolean idle() {
    return waiting.isEmpty() && current == null && unsettled.isEmpty();
  }

  void send(TcpclInput.Send send) {
    Outgoing transfer = new Outgoing(send);
    if (ending) {
      lost(transfer, TcpclOutput.LossCause.SESSION_ENDED);
    } else if (waiting.size() >= own.limits().queuedTransfers()) {
      lost(transfer, TcpclOutput.LossCause.QUEUE_FULL);
    } else {
      waiting.add(transfer);
    }
  }

  void data(TcpclInput.Data data) {
    Outgoing transfer = current;
    if (transfer == null || transfer.token != data.token()) {
      return;
    }
    int size = data.octets().size();
    if (size == 0 || size > transfer.asked) {
      throw new IllegalArgumentException(
          size + " bytes for " + transfer.token + ", which asked for " + transfer.asked);
    }
    transfer.asked = 0;
    transfer.gathered += size;
    transfer.ready.add(data.octets());
  }

  /** Gives up a bundle that cannot be read; false if its transfer has begun and must go on. */
  boolean giveUp(long token) {
    Outgoing transfer = current;
    if (transfer != null && transfer.token == token) {
      if (transfer.sent > 0) {
        return false;
      }
      current = null;
      lost(transfer, TcpclOutput.LossCause.UNREADABLE);
    } else {
      drop(token, TcpclOutput.LossCause.UNREADABLE);
    }
    return true;
  }

  /** Takes a bundle back if its transfer has not begun. */
  void withdraw(long token) {
    Outgoing transfer = current;
    if (transfer != null && transfer.token == token && transfer.sent == 0) {
      current = null;
      lost(transfer, TcpclOutput.LossCause.WITHDRAWN);
    } else {
      drop(token, TcpclOutput.LossCause.WITHDRAWN);
    }
  }

  private void drop(long token, TcpclOutput.LossCause cause) {
    for (Iterator<Outgoing> each = waiting.iterator(); each.hasNext(); ) {
      Outgoing transfer = each.next();
      if (transfer.token == token) {
        each.remove();
        lost(transfer, cause);
      }
    }
  }

  /** The session is ending: what has not begun will not (RFC 9174 §6.1). */
  void begunOnly() {
    ending = true;
    if (current != null && current.sent == 0) {
      waiting.addFirst(current);
      current = null;
    }
    waiting.forEach(transfer -> lost(transfer, TcpclOutput.LossCause.SESSION_ENDED));
    waiting.clear();
  }

  /** The session is over. */
  void over() {
    unsettled.values().forEach(t -> lost(t, TcpclOutput.LossCause.SESSION_ENDED));
    unsettled.clear();
    unsettledBytes = 0;
    unwritten.clear();
    begunOnly();
    current = null;
  }

  /** The connection took more bytes. */
  void written() {
    while (!unwritten.isEmpty() && unwritten.element().endsAt <= out.takenBytes()) {
      out.add(new TcpclOutput.TransferSent(unwritten.remove().token));
    }
  }

  /** Writes segments while there is room and something to be sent. */
  void pump() {
    while (out.unwritten() < pace.windowBytes() && (current != null || begin())) {
      if (!segment()) {
        return;
      }
    }
  }

  private boolean begin() {
    while (!waiting.isEmpty()) {
      Outgoing next = waiting.element();
      // RFC 9174 §4.6: no transfer is longer than the peer's Transfer MRU.
      if (next.length > transferMtu) {
        lost(waiting.remove(), TcpclOutput.LossCause.OVER_TRANSFER_MRU);
        continue;
      }
      boolean full =
          unsettled.size() >= own.limits().unackedTransfers()
              || unsettledBytes + next.length > own.limits().unackedBytes();
      if (full && !unsettled.isEmpty()) {
        return false;
      }
      current = waiting.remove();
      return true;
    }
    return false;
  }

  /** Writes the next segment, or asks for the bytes that it lacks. */
  private boolean segment() {
    Outgoing transfer = current;
    if (transfer == null) {
      return false;
    }
    int size = segmentSize(transfer);
    if (transfer.ready.size() < size) {
      if (transfer.asked == 0) {
        transfer.asked = size - (int) transfer.ready.size();
        out.add(new TcpclOutput.NeedData(transfer.token, transfer.gathered, transfer.asked));
      }
      return false;
    }
    boolean start = transfer.sent == 0;
    if (start) {
      // RFC 9174 §5.2.1: from zero, one more each time.
      transfer.id = nextId++;
      unsettled.put(transfer.id, transfer);
      unsettledBytes += transfer.length;
    }
    boolean end = transfer.sent + size == transfer.length;
    // RFC 9174 §5.2.5.1: a transfer of one segment should not repeat its length.
    OptionalLong total = start && !end ? OptionalLong.of(transfer.length) : OptionalLong.empty();
    boolean withLength = start || own.allows(Leniency.LENGTH_IN_EVERY_SEGMENT);
    int flags = (start ? Message.START : 0) | (end ? Message.END : 0);
    out.segment(flags, transfer.id, withLength, total, transfer.ready.take(size));
    transfer.sent += size;
    if (end) {
      transfer.endsAt = out.writtenBytes();
      unwritten.add(transfer);
      current = null;
    }
    return true;
  }

  private int segmentSize(Outgoing transfer) {
    long most = Math.min(pace.segmentBytes(), segmentMtu);
    return (int) Math.min(most, transfer.length - transfer.sent);
  }

  /** RFC 9174 §5.2.3. */
  void acked(Message.XferAck ack, long offset) {
    Outgoing transfer = unsettled.get(ack.id());
    if (transfer == null) {
      unknown(ack.id(), Message.XFER_ACK, offset);
      return;
    }
    flagged |= ack.flags() != 0;
    boolean last = ack.length() == transfer.length;
    boolean end = (ack.flags() & Message.END) != 0;
    // The flags are those of the segment: without END it is not the end that the peer has seen,
    // even
    // of all bytes. dtn7-rs 0.21.0 leaves all flags out, so that there the length decides alone.
    if (ack.length() < transfer.acked
        || ack.length() > transfer.sent
        || (end && !last)
        || (flagged && last && !end)) {
      String what =
          Long.toUnsignedString(ack.length()) + " bytes acknowledged after " + transfer.acked;
      out.violation(
          offset, "§5.2.3", what + " of " + transfer.sent + " sent, flags " + ack.flags());
      settle(transfer);
      lost(transfer, TcpclOutput.LossCause.BAD_ACK);
      return;
    }
    transfer.acked = ack.length();
    if (last) {
      settle(transfer);
    }
    out.add(new TcpclOutput.TransferAcked(transfer.token, ack.length(), last));
  }

  /** RFC 9174 §5.2.4: no further segment of it is begun. */
  void refused(Message.XferRefuse refuse, long offset) {
    Outgoing transfer = unsettled.get(refuse.id());
    if (transfer == null) {
      // Segments that were under way are refused one by one (§5.2.4): nothing new.
      if (Long.compareUnsigned(refuse.id(), nextId) >= 0) {
        unknown(refuse.id(), Message.XFER_REFUSE, offset);
      }
      return;
    }
    settle(transfer);
    XferRefuseReason reason = XferRefuseReason.of(refuse.reason());
    out.add(new TcpclOutput.TransferRefused(transfer.token, reason, transfer.acked));
  }

  private void unknown(long id, int messageType, long offset) {
    String known = "transfer " + Long.toUnsignedString(id) + " is ";
    boolean settled = Long.compareUnsigned(id, nextId) < 0;
    out.violation(offset, "§5.1.2", known + (settled ? "settled" : "unknown"));
    if (!settled) {
      out.reject(MsgRejectReason.UNEXPECTED, messageType);
    }
  }

  private void settle(Outgoing transfer) {
    unsettled.remove(transfer.id);
    unsettledBytes -= transfer.length;
    if (current == transfer) {
      current = null;
    } else if (transfer.endsAt > out.takenBytes() && unwritten.remove(transfer)) {
      out.add(new TcpclOutput.TransferSent(transfer.token));
    }
  }

  private void lost(Outgoing transfer, TcpclOutput.LossCause cause) {
    out.add(new TcpclOutput.TransferLost(transfer.token, cause, transfer.acked));
  }
}
