package dev.holdfast.bpv7.tcpcl;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The peer's bundles on their way in (RFC 9174 §5.2): in segments, then waiting for the verdict.
 *
 * <p>Segments are acknowledged as they end, except the last: its acknowledgement says that the
 * bundle is durable and leaves only when we are told so. A refusal leaves only when every transfer
 * before it is settled (§5.2.4).
 */
final class ReceivingHalf {
  private final Outbox out;
  private TcpclParameters own;
  private final Map<Long, Incoming> open = new LinkedHashMap<>();

  /**
   * The transfer whose segment came last, refused or not; none when it has ended. With {@link
   * Leniency#INTERLEAVED_TRANSFERS} others may be open beside it.
   */
  private @Nullable Incoming current;

  /** Whether the segment that came last belongs to no transfer. */
  private boolean discarding;

  ReceivingHalf(Outbox out, TcpclParameters own) {
    this.out = out;
    this.own = own;
  }

  /** Other parameters, before anything was received. */
  void parameters(TcpclParameters next) {
    own = next;
  }

  /** Whether nothing comes in and nothing waits for its verdict or for its refusal to leave. */
  boolean idle() {
    return open.isEmpty();
  }

  /** Whether so many transfers are open that the peer cannot mean well. */
  boolean overrun() {
    return open.size() >= 2L * own.limits().openTransfers();
  }

  /** A segment begins; its data follows. */
  void segment(Message.XferSegment segment, boolean ending, long offset) {
    TransferId id = new TransferId(segment.id());
    boolean start = (segment.flags() & Message.START) != 0;
    boolean known = start ? begin(id, segment, ending, offset) : goesOn(id, offset);
    Incoming transfer = current;
    discarding = !known;
    if (discarding || transfer == null) {
      return;
    }
    transfer.segmentFlags = segment.flags();
    transfer.segmentLength = segment.length();
    if (!transfer.refused()) {
      objection(transfer, offset).ifPresent(reason -> abort(transfer, reason));
    } else if (!start && transfer.state == Incoming.State.REFUSAL_WRITTEN) {
      // RFC 9174 §5.2.4: segments that were under way are refused again.
      out.refuse(transfer.refusal, id.number());
    }
    if (segment.length() == 0) {
      segmentEnded();
    }
  }

  /** Data of the segment begun last. */
  void data(Message.SegmentData data) {
    Incoming transfer = current;
    if (discarding || transfer == null) {
      return;
    }
    if (!transfer.refused()) {
      out.add(new TcpclOutput.TransferData(transfer.id, data.octets()));
    }
    if (data.last()) {
      segmentEnded();
    }
  }

  void accept(TransferId id) {
    Incoming transfer = open.get(id.number());
    if (transfer == null) {
      throw new IllegalStateException("transfer " + id + " is not open");
    }
    if (transfer.state != Incoming.State.ENDED) {
      throw new IllegalStateException("transfer " + id + " is accepted while " + transfer.state);
    }
    // RFC 9174 §5.2.3: the flags of the segment, the length of all.
    out.ack(transfer.segmentFlags, id.number(), transfer.received);
    transfer.state = Incoming.State.ACCEPTED;
    settle();
  }

  void refuse(TransferId id, XferRefuseReason reason) {
    Incoming transfer = open.get(id.number());
    if (transfer == null || transfer.refused()) {
      return;
    }
    if (transfer.state == Incoming.State.ACCEPTED) {
      throw new IllegalStateException("transfer " + id + " is refused after it was accepted");
    }
    hold(transfer, reason);
  }

  /** The session is over. */
  void over() {
    for (Incoming transfer : open.values()) {
      if (transfer.state == Incoming.State.RECEIVING) {
        out.add(new TcpclOutput.TransferAborted(transfer.id));
      }
    }
    current = null;
    open.clear();
  }

  /** Whether the first segment of a transfer is one. */
  private boolean begin(TransferId id, Message.XferSegment segment, boolean ending, long offset) {
    Incoming before = current;
    boolean interleaved =
        before != null
            && before.state == Incoming.State.RECEIVING
            && !own.allows(Leniency.INTERLEAVED_TRANSFERS);
    if (before != null && interleaved) {
      // RFC 9174 §5.2.2: the transfer before has not ended. Neither can be trusted.
      unexpected(offset, "§5.2.2", "transfer " + id + " starts before " + before.id + " ended");
      abort(before, XferRefuseReason.NOT_ACCEPTABLE);
    }
    if (open.containsKey(id.number())) {
      unexpected(offset, "§5.2.1", "transfer " + id + " is not settled and starts again");
      return false;
    }
    ExtensionItems extensions = ExtensionItems.read(segment.extensions());
    OptionalLong announced = length(segment, extensions);
    Incoming transfer = new Incoming(id, announced);
    current = transfer;
    boolean full = open.size() >= own.limits().openTransfers();
    open.put(id.number(), transfer);
    if (ending) {
      // RFC 9174 §6.1.
      hold(transfer, XferRefuseReason.SESSION_TERMINATING);
    } else if (interleaved) {
      hold(transfer, XferRefuseReason.NOT_ACCEPTABLE);
    } else if (full) {
      hold(transfer, XferRefuseReason.NO_RESOURCES);
    } else if (!extensionsHold(extensions, offset)) {
      hold(transfer, XferRefuseReason.EXTENSION_FAILURE);
    } else if (over(announced)) {
      hold(transfer, XferRefuseReason.NO_RESOURCES);
    } else {
      out.add(new TcpclOutput.TransferStarted(id, announced));
    }
    return true;
  }

  /** Whether a further segment belongs to the transfer that is coming in. */
  private boolean goesOn(TransferId id, long offset) {
    Incoming transfer = current;
    if (transfer != null && transfer.id.equals(id)) {
      return true;
    }
    Incoming other = open.get(id.number());
    if (own.allows(Leniency.INTERLEAVED_TRANSFERS)
        && other != null
        && (other.state == Incoming.State.RECEIVING || other.state == Incoming.State.REFUSED)) {
      current = other;
      return true;
    }
    unexpected(offset, "§5.2.2", "a segment of transfer " + id + ", which has not started");
    if (transfer != null && transfer.state == Incoming.State.RECEIVING) {
      abort(transfer, XferRefuseReason.NOT_ACCEPTABLE);
    }
    return false;
  }

  /** The length of the whole transfer, if it can be known now. */
  private static OptionalLong length(Message.XferSegment segment, ExtensionItems extensions) {
    for (ExtensionItem item : extensions.items()) {
      if (item.type() == ExtensionItem.TRANSFER_LENGTH && item.value().size() == 8) {
        return OptionalLong.of(MessageReader.u64(item.value(), 0));
      }
    }
    return (segment.flags() & Message.END) != 0
        ? OptionalLong.of(segment.length())
        : OptionalLong.empty();
  }

  /** RFC 9174 §5.2.5, §5.2.5.1. */
  private boolean extensionsHold(ExtensionItems extensions, long offset) {
    Optional<String> wrong =
        extensions.whole()
            ? Optional.empty()
            : Optional.of("the items are not as long as their list");
    int lengths = 0;
    for (ExtensionItem item : extensions.items()) {
      if (item.type() != ExtensionItem.TRANSFER_LENGTH) {
        if (item.critical()) {
          wrong = Optional.of("critical item of unknown type " + item.type());
        }
      } else if (item.value().size() == 8) {
        lengths++;
      } else if (!own.allows(Leniency.FOREIGN_TRANSFER_LENGTH)) {
        wrong = Optional.of("a Transfer Length of " + item.value().size() + " bytes");
      }
    }
    if (lengths > 1) {
      wrong = Optional.of(lengths + " Transfer Length items");
    }
    wrong.ifPresent(reason -> out.violation(offset, "§5.2.5", reason));
    return wrong.isEmpty();
  }

  private boolean over(OptionalLong length) {
    return length.isPresent()
        && Long.compareUnsigned(length.getAsLong(), own.limits().transferMru()) > 0;
  }

  /** Why the segment announced last makes its transfer one that is not taken. */
  private Optional<XferRefuseReason> objection(Incoming transfer, long offset) {
    long length = transfer.segmentLength;
    long mru = own.limits().segmentMru();
    if (length > mru) {
      out.violation(offset, "§4.6", "a segment of " + length + " bytes is over the MRU of " + mru);
      return Optional.of(XferRefuseReason.NOT_ACCEPTABLE);
    }
    long total = transfer.received + length;
    if (transfer.announced.isPresent()) {
      long announced = transfer.announced.getAsLong();
      boolean end = (transfer.segmentFlags & Message.END) != 0;
      if (end ? total != announced : total > announced) {
        String what = total + (end ? " bytes in all of " : " bytes so far of ") + announced;
        out.violation(offset, "§5.2.5.1", what);
        return Optional.of(XferRefuseReason.NOT_ACCEPTABLE);
      }
    }
    return total > own.limits().transferMru()
        ? Optional.of(XferRefuseReason.NO_RESOURCES)
        : Optional.empty();
  }

  private void segmentEnded() {
    Incoming transfer = current;
    if (transfer == null) {
      return;
    }
    boolean end = (transfer.segmentFlags & Message.END) != 0;
    if (end) {
      current = null;
    }
    if (transfer.refused()) {
      return;
    }
    transfer.received += transfer.segmentLength;
    if (end) {
      transfer.state = Incoming.State.ENDED;
      out.add(new TcpclOutput.TransferEnded(transfer.id, transfer.received));
    } else {
      out.ack(transfer.segmentFlags, transfer.id.number(), transfer.received);
    }
  }

  private void unexpected(long offset, String section, String reason) {
    out.violation(offset, section, reason);
    out.reject(MsgRejectReason.UNEXPECTED, Message.XFER_SEGMENT);
  }

  /** Refuses a transfer that the caller has been told of. */
  private void abort(Incoming transfer, XferRefuseReason reason) {
    out.add(new TcpclOutput.TransferAborted(transfer.id));
    hold(transfer, reason);
  }

  private void hold(Incoming transfer, XferRefuseReason reason) {
    transfer.refusal = reason;
    transfer.state = Incoming.State.REFUSED;
    settle();
  }

  /** Lets refusals leave that nothing before them holds back, and forgets what is settled. */
  private void settle() {
    Iterator<Incoming> first = open.values().iterator();
    while (first.hasNext()) {
      Incoming transfer = first.next();
      switch (transfer.state) {
        case RECEIVING, ENDED -> {
          return;
        }
        case ACCEPTED -> first.remove();
        case REFUSED, REFUSAL_WRITTEN -> {
          out.refuse(transfer.refusal, transfer.id.number());
          transfer.state = Incoming.State.REFUSAL_WRITTEN;
          first.remove();
        }
      }
    }
  }
}
