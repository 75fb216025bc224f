package dev.holdfast.bpv7.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.CborReader.Form;

/** Hostile bytes: the scan of an item ends within the input or in a fault, whatever it meets. */
final class CborItemFuzzTest {
  private static final int DEPTH = 16;

  @FuzzTest
  void anItemEndsOrIsRefused(byte[] input) {
    Octets bytes = Octets.wrap(input);
    boolean strict = accepts(bytes, Form.SHORTEST);
    boolean lenient = accepts(bytes, Form.ANY_WIDTH);
    if (strict && !lenient) {
      throw new AssertionError("the lenient form refuses what the strict one takes");
    }
    if (strict) {
      Octets item = new CborReader(bytes).item(DEPTH);
      if (!new CborReader(item).item(DEPTH, item.size()).equals(item)) {
        throw new AssertionError("an item is not the item that it is");
      }
    }
  }

  private static boolean accepts(Octets bytes, Form form) {
    CborReader reader = new CborReader(bytes, form);
    try {
      return reader.item(DEPTH).size() == reader.offset();
    } catch (WireException fault) {
      if (fault.offset() < 0 || fault.offset() > bytes.size()) {
        throw new AssertionError("a fault outside of the input", fault);
      }
      if (fault.isTruncated() && fault.needed() <= bytes.size()) {
        throw new AssertionError("more bytes asked for than are missing", fault);
      }
      return false;
    }
  }
}
