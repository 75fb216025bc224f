package dev.holdfast.bpv7.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/**
 * Writes deterministic CBOR (RFC 8949 §4.2.1) through Jackson's generator, which counts the items
 * of arrays and maps and refuses too many or too few.
 *
 * <p>Used up by {@link #finish()}. Not for use by several threads.
 */
public final class CborWriter {
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .enable(CBORWriteFeature.WRITE_MINIMAL_INTS)
          .enable(CBORWriteFeature.WRITE_MINIMAL_DOUBLES)
          .disable(CBORWriteFeature.LENIENT_UTF_ENCODING)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private static final byte[] ZEROS = new byte[4];

  private final GrowingOutput output;
  private final CBORGenerator generator;

  /**
   * A writer of nothing yet.
   *
   * @param expectedSize about how many bytes will be written
   */
  public CborWriter(int expectedSize) {
    output = new GrowingOutput(expectedSize);
    generator =
        (CBORGenerator)
            FACTORY.createGenerator(ObjectWriteContext.empty(), output, JsonEncoding.UTF8);
  }

  /** How many bytes have been written so far. */
  public int position() {
    return output.size() + generator.streamWriteOutputBuffered();
  }

  /** Begins an array of {@code items} items, to be closed by {@link #end()}. */
  public CborWriter array(int items) {
    generator.writeStartArray(null, items);
    return this;
  }

  /** Begins an array of indefinite length. */
  public CborWriter indefiniteArray() {
    generator.writeStartArray();
    return this;
  }

  /** Ends the innermost array. */
  public CborWriter end() {
    generator.writeEndArray();
    return this;
  }

  /**
   * Begins a map of {@code pairs} pairs with text keys, to be closed by {@link #endMap()}; the keys
   * are to come in the order of their encoded bytes.
   */
  public CborWriter map(int pairs) {
    generator.writeStartObject(null, pairs);
    return this;
  }

  /** A key of the innermost map. */
  public CborWriter key(String key) {
    generator.writeName(new SerializedString(key));
    return this;
  }

  /** An integer key of the innermost map. */
  public CborWriter key(long key) {
    generator.writePropertyId(key);
    return this;
  }

  /** Ends the innermost map. */
  public CborWriter endMap() {
    generator.writeEndObject();
    return this;
  }

  /** An unsigned integer; {@code value} is read as unsigned. */
  public CborWriter unsigned(long value) {
    try {
      generator.writeNumberUnsigned(value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return this;
  }

  /** An integer of either sign. */
  public CborWriter integer(long value) {
    generator.writeNumber(value);
    return this;
  }

  /** A byte string. */
  public CborWriter bytes(Octets value) {
    generator.writeBinary(value.array(), value.arrayOffset(), value.size());
    return this;
  }

  /** A text string. */
  public CborWriter text(String value) {
    // Not writeString, which cuts a long text into the chunks of an indefinite one.
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    generator.writeUTF8String(utf8, 0, utf8.length);
    return this;
  }

  /** A boolean. */
  public CborWriter bool(boolean value) {
    generator.writeBoolean(value);
    return this;
  }

  /** A null. */
  public CborWriter nil() {
    generator.writeNull();
    return this;
  }

  /** A floating-point number in the shortest of the three forms that keeps its value. */
  public CborWriter number(double value) {
    float single = (float) value;
    short half = Double.isNaN(value) ? 0x7e00 : Float.floatToFloat16(single);
    if (Double.isNaN(value) || Float.float16ToFloat(half) == value) {
      return item(Octets.wrap(new byte[] {(byte) 0xf9, (byte) (half >>> 8), (byte) half}));
    }
    generator.writeNumber(value);
    return this;
  }

  /** A tag; the tagged item follows. */
  public CborWriter tag(int number) {
    generator.writeTag(number);
    return this;
  }

  /** One item that is encoded already. */
  public CborWriter item(Octets encoded) {
    // The generator must count it, so it is announced as a null whose byte is taken back.
    generator.writeNull();
    generator.flush();
    output.dropLast();
    return raw(encoded);
  }

  /** Bytes as they are, which the generator does not count: for items of indefinite arrays. */
  public CborWriter raw(Octets bytes) {
    generator.writeBytes(bytes.array(), bytes.arrayOffset(), bytes.size());
    return this;
  }

  /**
   * Turns the one item that was written since {@code from} into a byte string that carries it.
   *
   * @param from the {@link #position()} at which the item began
   */
  public CborWriter embedded(int from) {
    // To the generator it is one item before and after.
    generator.flush();
    output.insert(from, head(0x40, output.size() - from));
    return this;
  }

  private static byte[] head(int major, int length) {
    if (length < 24) {
      return new byte[] {(byte) (major | length)};
    }
    if (length < 1 << 8) {
      return new byte[] {(byte) (major | 24), (byte) length};
    }
    if (length < 1 << 16) {
      return new byte[] {(byte) (major | 25), (byte) (length >>> 8), (byte) length};
    }
    return new byte[] {
      (byte) (major | 26),
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
  }

  /**
   * The CRC field that ends a block (RFC 9171 §4.2.1): a byte string with the checksum of all that
   * was written since {@code from}, its own value taken as zero.
   *
   * @param from the {@link #position()} at which the block began
   * @param crc a fresh checksum
   */
  public CborWriter crc(int from, Crc crc) {
    generator.writeBinary(ZEROS, 0, crc.width());
    generator.flush();
    output.seal(from, crc);
    return this;
  }

  /** The head of a byte string whose content goes elsewhere; nothing more may be written. */
  public CborWriter bytesHead(long length) {
    int from = position();
    unsigned(length);
    generator.flush();
    output.setBits(from, 0x40);
    return this;
  }

  /** All that was written; arrays that are still open stay so. */
  public Octets finish() {
    generator.close();
    return output.octets();
  }
}
