package dev.holdfast.bpv7.wire;

/** Walks over one item of any kind and checks its form. */
final class ItemScan {
  private ItemScan() {}

  static void skip(CborReader reader, int depthLeft) {
    int where = reader.offset();
    switch (reader.peek()) {
      case UNSIGNED -> reader.unsigned();
      case NEGATIVE -> reader.negative();
      case BYTES -> reader.bytes();
      case TEXT -> reader.text(Integer.MAX_VALUE);
      case ARRAY -> {
        int items = reader.array();
        enter(where, depthLeft);
        for (int i = 0; i < items; i++) {
          skip(reader, depthLeft - 1);
        }
      }
      case MAP -> skipMap(reader, where, depthLeft);
      case TAG -> {
        reader.tag();
        enter(where, depthLeft);
        skip(reader, depthLeft - 1);
      }
      case OTHER -> skipOther(reader, where);
    }
  }

  private static void skipMap(CborReader reader, int where, int depthLeft) {
    int pairs = reader.map();
    enter(where, depthLeft);
    Octets previous = Octets.EMPTY;
    for (int i = 0; i < pairs; i++) {
      int from = reader.offset();
      skip(reader, depthLeft - 1);
      Octets key = reader.slice(from, reader.offset());
      if (i > 0 && previous.compareTo(key) >= 0) { // RFC 8949 §4.2.1, §5.6
        throw new WireException(
            from, CborReader.SHORTEST_SECTION, "map keys are out of order or stand twice");
      }
      previous = key;
      skip(reader, depthLeft - 1);
    }
  }

  private static void skipOther(CborReader reader, int where) {
    int first = reader.peekByte();
    if (first >= 0xf9 && first <= 0xfb) {
      reader.number();
      return;
    }
    int taken = reader.takeByte();
    if (taken <= 0xf7 || (taken == 0xf8 && reader.takeByte() >= 32)) { // RFC 8949 §3.3
      return;
    }
    throw new WireException(where, CborReader.WELL_FORMED_SECTION, "not a well-formed item");
  }

  private static void enter(int where, int depthLeft) {
    if (depthLeft <= 0) {
      throw new WireException(where, CborReader.WELL_FORMED_SECTION, "items nest too deep");
    }
  }
}
