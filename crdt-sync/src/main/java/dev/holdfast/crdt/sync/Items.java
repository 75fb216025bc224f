package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import dev.holdfast.crdt.block.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Items that stand in several kinds of messages. */
final class Items {
  /** How deep a block nests: itself, its operations, their contents, a list's way, with room. */
  private static final int DEPTH = 8;

  private Items() {}

  /** The head of an array of so many items at most, of which each has {@code bytesEach} or more. */
  static int count(CborReader from, int most, int bytesEach, String what) {
    int where = from.offset();
    int count = from.array();
    if (count > most) {
      throw from.fault(where, count + " " + what + ", " + most + " at most");
    }
    if ((long) count * bytesEach > from.remaining()) {
      throw from.fault(where, count + " " + what + ", for which too few bytes follow");
    }
    return count;
  }

  /** One item that has a reader of its own. */
  static <T> T read(CborReader from, int mostBytes, Function<Octets, Parsed<T>> decode) {
    int where = from.offset();
    return switch (decode.apply(from.item(DEPTH, mostBytes))) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Bad<T>(long offset, String section, String reason) ->
          throw new WireException(where + offset, section, reason);
    };
  }

  static List<Block> blocks(CborReader from, int least, SyncLimits limits) {
    int where = from.offset();
    int count = count(from, limits.blocks(), 1, "blocks");
    if (count < least) {
      throw from.fault(where, "no blocks");
    }
    List<Block> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(
          read(from, limits.block().blockBytes(), octets -> Block.decode(octets, limits.block())));
    }
    return blocks;
  }

  /** Numbers of 8 bytes one after the other. */
  static Octets longs(List<Long> numbers) {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.size());
    numbers.forEach(out::putLong);
    return Octets.wrap(out.array());
  }

  /** Likewise, at least one, each higher than the one before, as unsigned. */
  static List<Long> ascending(CborReader from, int most) {
    int where = from.offset();
    ByteBuffer in = from.bytes().asByteBuffer();
    int count = in.remaining() / Long.BYTES;
    if (in.remaining() % Long.BYTES != 0 || count < 1 || count > most) {
      throw from.fault(where, in.remaining() + " bytes are not 1 to " + most + " names of 8 bytes");
    }
    List<Long> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(in.getLong());
      if (i > 0 && Long.compareUnsigned(numbers.get(i - 1), numbers.get(i)) >= 0) {
        throw from.fault(where, "names come in their order, each once");
      }
    }
    return numbers;
  }
}
