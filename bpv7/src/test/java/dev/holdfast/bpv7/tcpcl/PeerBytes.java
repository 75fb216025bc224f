package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Messages of RFC 9174 from words and to words. Knows nothing of the code that it tests: written
 * once more from the RFC.
 */
final class PeerBytes {
  private boolean headerSeen;
  private final boolean lengthInEverySegment;

  PeerBytes(boolean lengthInEverySegment) {
    this.lengthInEverySegment = lengthInEverySegment;
  }

  /** One message, such as {@code ack id=3 flags=1 length=100}. */
  Octets encode(String line) {
    Words words = Words.of(line);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      switch (words.word(0)) {
        case "hex" ->
            out.write(
                HexFormat.of()
                    .parseHex(String.join("", words.bare().subList(1, words.bare().size()))));
        case "contact-header" -> {
          out.writeBytes("dtn!");
          out.write((int) words.number("version", 4));
          out.write((int) words.number("flags", 0));
        }
        case "sess-init" -> sessInit(words, out);
        case "segment" -> segment(words, out);
        case "ack" -> {
          out.write(2);
          out.write((int) words.number("flags", 0));
          out.writeLong(words.number("id", 0));
          out.writeLong(words.number("length", 0));
        }
        case "refuse" -> {
          out.write(3);
          out.write((int) words.number("reason", 0));
          out.writeLong(words.number("id", 0));
        }
        case "keepalive" -> out.write(4);
        case "sess-term" -> {
          out.write(5);
          out.write(words.has("reply") ? 1 : 0);
          out.write((int) words.number("reason", 0));
        }
        case "reject" -> {
          out.write(6);
          out.write((int) words.number("reason", 0));
          out.write((int) words.number("type", 0));
        }
        default -> throw new IllegalArgumentException("no such message: " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Octets.wrap(bytes.toByteArray());
  }

  private static void sessInit(Words words, DataOutputStream out) throws IOException {
    byte[] node = words.text("node", "ipn:2.0").getBytes(StandardCharsets.UTF_8);
    byte[] extensions = HexFormat.of().parseHex(words.text("ext", ""));
    out.write(7);
    out.writeShort((int) words.number("keepalive", 30));
    out.writeLong(words.number("segment-mru", 100_000));
    out.writeLong(words.number("transfer-mru", 1_000_000));
    out.writeShort(node.length);
    out.write(node);
    out.writeInt((int) words.number("ext-length", extensions.length));
    out.write(extensions);
  }

  private void segment(Words words, DataOutputStream out) throws IOException {
    int flags = (words.has("end") ? 1 : 0) | (words.has("start") ? 2 : 0);
    out.write(1);
    out.write((int) words.number("flags", flags));
    out.writeLong(words.number("id", 0));
    if (words.has("start") || lengthInEverySegment) {
      String length =
          words.values().containsKey("total")
              ? "0000010008%016x".formatted(words.number("total", 0))
              : "";
      byte[] extensions = HexFormat.of().parseHex(words.text("ext", "") + length);
      out.writeInt((int) words.number("ext-length", extensions.length));
      out.write(extensions);
    }
    int size = (int) words.number("size", 0);
    out.writeLong(words.number("length", size));
    out.write(new byte[size]);
  }

  /** Every message in bytes that end where a message ends. */
  List<String> decode(Octets octets) {
    List<String> lines = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets.toByteArray()))) {
      while (in.available() > 0) {
        lines.add(message(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("after " + lines, e);
    }
    return lines;
  }

  private String message(DataInputStream in) throws IOException {
    if (!headerSeen) {
      headerSeen = true;
      String magic = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
      return magic + " version=" + in.read() + " flags=" + in.read();
    }
    int type = in.readUnsignedByte();
    return switch (type) {
      case 1 -> segment(in);
      case 2 ->
          "XFER_ACK flags="
              + in.readUnsignedByte()
              + " id="
              + in.readLong()
              + " length="
              + in.readLong();
      case 3 -> "XFER_REFUSE reason=" + in.readUnsignedByte() + " id=" + in.readLong();
      case 4 -> "KEEPALIVE";
      case 5 -> "SESS_TERM flags=" + in.readUnsignedByte() + " reason=" + in.readUnsignedByte();
      case 6 -> "MSG_REJECT reason=" + in.readUnsignedByte() + " type=" + in.readUnsignedByte();
      case 7 -> {
        String numbers =
            "keepalive="
                + in.readUnsignedShort()
                + " segment-mru="
                + in.readLong()
                + " transfer-mru="
                + in.readLong();
        String node = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
        yield "SESS_INIT " + numbers + " node=" + node + " ext=" + hex(in, in.readInt());
      }
      default -> throw new IOException("message type " + type);
    };
  }

  private String segment(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    long id = in.readLong();
    boolean extended = (flags & 2) != 0 || lengthInEverySegment;
    String extensions = extended ? " ext=" + hex(in, in.readInt()) : "";
    long length = in.readLong();
    byte[] data = in.readNBytes((int) length);
    if (data.length != length) {
      throw new IOException("a segment of " + length + " bytes has " + data.length);
    }
    return "XFER_SEGMENT flags=" + flags + " id=" + id + extensions + " length=" + length;
  }

  private static String hex(DataInputStream in, int length) throws IOException {
    return HexFormat.of().formatHex(in.readNBytes(length));
  }
}
