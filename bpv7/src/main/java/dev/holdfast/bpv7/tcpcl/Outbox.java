package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one turn of a session puts out: messages gathered into one {@link TcpclOutput.Write}, and
 * everything else in order. Heads are packed into shared blocks, data passes by reference.
 */
final class Outbox {
  private static final int BLOCK_BYTES = 2048;

  private List<TcpclOutput> outputs = new ArrayList<>();
  private List<Octets> parts = new ArrayList<>();
  private int turnBytes;
  private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private int flushed;

  private int violations;
  private long writtenBytes;
  private long takenBytes;

  /** Adds an output that is not bytes. */
  void add(TcpclOutput output) {
    outputs.add(output);
  }

  /** Adds a broken rule of RFC 9174. */
  void violation(long offset, String section, String reason) {
    violations++;
    outputs.add(new TcpclOutput.Violation(new Fault(offset, "RFC 9174 " + section, reason)));
  }

  /** How many rules were broken so far. */
  int violations() {
    return violations;
  }

  /** Whether there is anything to be written in this turn. */
  boolean writesInThisTurn() {
    return turnBytes > 0 || block.position() > flushed;
  }

  /** All bytes written so far, from the start of the connection. */
  long writtenBytes() {
    return writtenBytes + block.position() - flushed;
  }

  /** All bytes that the connection has taken so far. */
  long takenBytes() {
    return takenBytes;
  }

  /** Bytes written and not yet taken by the connection. */
  long unwritten() {
    return writtenBytes() - takenBytes;
  }

  /** The connection took that many more. */
  void taken(long bytes) {
    if (bytes < 0 || bytes > unwritten()) {
      throw new IllegalArgumentException(bytes + " of " + unwritten() + " unwritten bytes taken");
    }
    takenBytes += bytes;
  }

  /** The outputs of this turn, bytes first; the next turn begins empty. */
  List<TcpclOutput> take() {
    flush();
    if (parts.isEmpty() && outputs.isEmpty()) {
      return List.of();
    }
    List<TcpclOutput> all = outputs;
    outputs = new ArrayList<>();
    if (!parts.isEmpty()) {
      all.addFirst(new TcpclOutput.Write(parts, turnBytes));
      parts = new ArrayList<>();
      turnBytes = 0;
    }
    return all;
  }

  /** RFC 9174 §4.2. */
  void contactHeader(boolean canTls) {
    need(6).put(new byte[] {'d', 't', 'n', '!', 4, (byte) (canTls ? Message.CAN_TLS : 0)});
  }

  /** RFC 9174 §4.6. */
  void sessInit(TcpclParameters own) {
    byte[] nodeId = own.nodeId().toString().getBytes(StandardCharsets.UTF_8);
    int extensions = 0;
    for (ExtensionItem item : own.extensions()) {
      extensions += ExtensionItem.HEADER_BYTES + item.value().size();
    }
    ByteBuffer to = need(25 + nodeId.length + extensions);
    to.put((byte) Message.SESS_INIT).putShort((short) own.keepaliveSeconds());
    to.putLong(own.limits().segmentMru()).putLong(own.limits().transferMru());
    to.putShort((short) nodeId.length).put(nodeId).putInt(extensions);
    for (ExtensionItem item : own.extensions()) {
      to.put((byte) (item.critical() ? 1 : 0)).putShort((short) item.type());
      to.putShort((short) item.value().size()).put(item.value().asByteBuffer());
    }
  }

  /**
   * RFC 9174 §5.2.2: head and data of one segment.
   *
   * @param totalLength for a Transfer Length item, with the START flag only
   * @param withLength whether there is a list of extension items, empty without {@code totalLength}
   */
  void segment(
      int flags, long id, boolean withLength, OptionalLong totalLength, List<Octets> data) {
    int size = 0;
    for (Octets octets : data) {
      size += octets.size();
    }
    ByteBuffer to = need(35).put((byte) Message.XFER_SEGMENT).put((byte) flags).putLong(id);
    if (totalLength.isPresent()) {
      to.putInt(ExtensionItem.HEADER_BYTES + 8).put((byte) 0);
      to.putShort((short) ExtensionItem.TRANSFER_LENGTH).putShort((short) 8);
      to.putLong(totalLength.getAsLong());
    } else if (withLength) {
      to.putInt(0);
    }
    to.putLong(size);
    flush();
    parts.addAll(data);
    turnBytes += size;
    writtenBytes += size;
  }

  /** RFC 9174 §5.2.3. */
  void ack(int flags, long id, long length) {
    need(18).put((byte) Message.XFER_ACK).put((byte) flags).putLong(id).putLong(length);
  }

  /** RFC 9174 §5.2.4. */
  void refuse(XferRefuseReason reason, long id) {
    need(10).put((byte) Message.XFER_REFUSE).put((byte) reason.code()).putLong(id);
  }

  /** RFC 9174 §5.1.1. */
  void keepalive() {
    need(1).put((byte) Message.KEEPALIVE);
  }

  /** RFC 9174 §5.1.2. */
  void reject(MsgRejectReason reason, int type) {
    need(3).put((byte) Message.MSG_REJECT).put((byte) reason.code()).put((byte) type);
  }

  /** RFC 9174 §6.1. */
  void sessTerm(boolean reply, int reason) {
    need(3).put((byte) Message.SESS_TERM).put((byte) (reply ? Message.REPLY : 0));
    block.put((byte) reason);
  }

  /** Room for {@code bytes} in one piece. */
  private ByteBuffer need(int bytes) {
    if (block.remaining() < bytes) {
      flush();
      block = ByteBuffer.allocate(Math.max(BLOCK_BYTES, bytes));
      flushed = 0;
    }
    return block;
  }

  /** Hands over what was put into the block since; the rest of the block is used further. */
  private void flush() {
    int end = block.position();
    if (end > flushed) {
      parts.add(Octets.wrap(block.array(), flushed, end - flushed));
      turnBytes += end - flushed;
      writtenBytes += end - flushed;
      flushed = end;
    }
  }
}
