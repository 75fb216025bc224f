package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborReader.Form;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle up to its payload's data, block by block, so that it can go on where the bytes
 * ended.
 */
final class HeadReader {
  private static final String BUNDLE_SECTION = "RFC 9171 §4.1";
  private static final String BLOCK_SECTION = "RFC 9171 §4.3.2";
  private static final int INDEFINITE_ARRAY = 0x9f;
  private static final int UNBOUNDED = -1;

  private final ReadOptions options;
  private final List<Frame> frames = new ArrayList<>(4);
  private int resumeAt;
  private int blocksDue = UNBOUNDED;
  private @Nullable PrimaryBlock primary;
  private @Nullable PayloadHeader payload;

  HeadReader(ReadOptions options) {
    this.options = options;
  }

  /** The primary block, once it was read. */
  Optional<PrimaryBlock> primary() {
    return Optional.ofNullable(primary);
  }

  /** How many bytes the head has in the input; the head must have been read. */
  int size() {
    return resumeAt;
  }

  /** Whether the bundle is an array of indefinite length and so ends with a break. */
  boolean endsWithBreak() {
    return blocksDue == UNBOUNDED;
  }

  /**
   * Reads on.
   *
   * @param input the bundle from its start, as far as it has come; the bytes of the last call first
   * @throws WireException if a rule is broken, or if the input does not reach to the payload's data
   *     ({@link WireException#isTruncated()}; call again with more)
   */
  BundleHead read(Octets input) {
    Form form = options.allows(Leniency.INTEGER_WIDTH) ? Form.ANY_WIDTH : Form.SHORTEST;
    CborReader reader = new CborReader(input.from(resumeAt), resumeAt, form);
    if (resumeAt == 0) {
      readOuterHead(reader);
      resumeAt = reader.offset();
    }
    PrimaryBlock first = primary;
    if (first == null) {
      first = PrimaryBlockCodec.read(reader, options);
      primary = first;
      advance(reader);
    }
    PayloadHeader last = payload;
    while (last == null) {
      last = readBlock(reader);
      payload = last;
      advance(reader);
    }
    return head(first, last, input);
  }

  private void advance(CborReader reader) {
    int limit = options.limits().headBytes();
    if (reader.offset() > limit) {
      throw tooLong(options);
    }
    resumeAt = reader.offset();
  }

  static WireException tooLong(ReadOptions options) {
    int limit = options.limits().headBytes();
    return new WireException(
        limit, BUNDLE_SECTION, "more than " + limit + " bytes before the payload's data");
  }

  private void readOuterHead(CborReader reader) {
    reader.in(BUNDLE_SECTION);
    if (reader.peekByte() == INDEFINITE_ARRAY) {
      reader.takeByte();
      return;
    }
    if (!options.allows(Leniency.DEFINITE_ARRAY)) { // RFC 9171 §4.1
      throw reader.fault(0, "a bundle begins with the head of an indefinite array, 9f");
    }
    long blocks = reader.arrayHead();
    if (blocks < 2 || blocks > options.limits().blocks()) { // RFC 9171 §4.1
      throw reader.fault(
          0,
          Long.toUnsignedString(blocks)
              + " blocks; a bundle has 2 to "
              + options.limits().blocks());
    }
    blocksDue = (int) blocks;
  }

  private @Nullable PayloadHeader readBlock(CborReader reader) {
    int begin = reader.offset();
    if (frames.size() + 2 > options.limits().blocks()) {
      throw reader
          .in(BUNDLE_SECTION)
          .fault(begin, "more than " + options.limits().blocks() + " blocks");
    }
    if (reader.in(BUNDLE_SECTION).peekByte() == 0xff) { // RFC 9171 §4.1
      throw reader.fault(begin, "the bundle ends without a payload block");
    }
    long items = reader.in(BLOCK_SECTION).arrayHead();
    if (items != 5 && items != 6) { // RFC 9171 §4.3.2
      throw reader.fault(
          begin, "a canonical block has 5 or 6 items, not " + Long.toUnsignedString(items));
    }
    long type = reader.unsigned();
    int numberOffset = reader.offset();
    long number = reader.unsigned();
    BlockFlags flags = new BlockFlags(reader.unsigned());
    CrcType crc = CrcTypes.read(reader);
    reader.in(BLOCK_SECTION);
    if (items != (crc == CrcType.NONE ? 5 : 6)) { // RFC 9171 §4.3.2
      throw reader.fault(begin, "the number of items does not fit CRC type " + crc.code());
    }
    checkNumber(reader, numberOffset, type, number);
    if (type == BlockType.PAYLOAD) {
      return readPayloadHeader(reader, begin, flags, crc);
    }
    Octets data = reader.bytes();
    int dataOffset = reader.offset() - data.size();
    CrcTypes.check(reader, begin, crc, "block " + Long.toUnsignedString(number));
    Unknown block = new Unknown(new BlockHeader(number, flags, crc), type, data);
    frames.add(new Frame(block, reader.slice(begin, reader.offset()), begin, dataOffset));
    return null;
  }

  private void checkNumber(CborReader reader, int where, long type, long number) {
    if ((number == 1) != (type == BlockType.PAYLOAD)) { // RFC 9171 §4.1, §4.3.3
      throw reader.fault(
          where,
          type == BlockType.PAYLOAD
              ? "the payload block has number 1, not " + Long.toUnsignedString(number)
              : "number 1 belongs to the payload block");
    }
    if (number == 0) { // RFC 9171 §4.1
      throw reader.fault(where, "number 0 belongs to the primary block");
    }
    for (Frame frame : frames) {
      if (frame.block().header().number() == number) { // RFC 9171 §4.1
        throw reader.fault(where, "two blocks have the number " + Long.toUnsignedString(number));
      }
    }
  }

  private PayloadHeader readPayloadHeader(
      CborReader reader, int begin, BlockFlags flags, CrcType crc) {
    if (blocksDue != UNBOUNDED && blocksDue != frames.size() + 2) { // RFC 9171 §4.1
      throw reader
          .in(BUNDLE_SECTION)
          .fault(begin, "the payload block is not the last of " + blocksDue + " blocks");
    }
    int where = reader.offset();
    long length = reader.bytesHead();
    if (length < 0 || length > options.limits().payloadBytes()) {
      throw reader.fault(
          where,
          "a payload of "
              + Long.toUnsignedString(length)
              + " bytes is more than "
              + options.limits().payloadBytes());
    }
    return new PayloadHeader(flags, crc, length, reader.slice(begin, reader.offset()));
  }

  private BundleHead head(PrimaryBlock first, PayloadHeader last, Octets input) {
    BundleRules.check(first, frames, last, options);
    List<Extension> extensions = new ArrayList<>(frames.size());
    SecurityTargets encrypted = BundleRules.encrypted(frames);
    for (Frame frame : frames) {
      extensions.add(new Extension(interpreted(frame, encrypted), frame.encoded()));
    }
    return endsWithBreak()
        ? new BundleHead(first, extensions, last, input.slice(0, resumeAt))
        : BundleWriter.head(first, extensions, last);
  }

  private CanonicalBlock interpreted(Frame frame, SecurityTargets encrypted) {
    if (!(frame.block() instanceof Unknown unknown)
        || encrypted.contains(unknown.header().number())) {
      return frame.block();
    }
    try {
      return ExtensionBlockCodec.interpret(unknown, frame.dataOffset(), options);
    } catch (WireException fault) {
      // Data that end too early are wrong however much of the bundle is still to come.
      throw fault.isTruncated()
          ? new WireException(
              fault.offset(), fault.section(), "the data of the block end within an item")
          : fault;
    }
  }

  /**
   * An extension block as it was read.
   *
   * @param block the block, not yet interpreted by its type
   * @param encoded its bytes
   * @param offset where it begins
   * @param dataOffset where its data begin
   */
  record Frame(CanonicalBlock block, Octets encoded, int offset, int dataOffset) {}
}
