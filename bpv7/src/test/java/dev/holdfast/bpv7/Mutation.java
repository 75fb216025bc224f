package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small damage to good bytes, the kind that gets deep into a parser. */
final class Mutation {
  private static final int[] TELLING = {0x00, 0x17, 0x18, 0x1b, 0x5b, 0x7f, 0x80, 0x9f, 0xff};

  private Mutation() {}

  static Octets of(Octets good, RandomGenerator random) {
    byte[] bytes = good.toByteArray();
    if (bytes.length == 0) {
      return good;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> good.slice(0, at);
      case 1 -> Octets.concat(List.of(good.slice(0, at), good.from(at + 1)));
      case 2 -> Octets.concat(List.of(good.slice(0, at), good.slice(at, at + 1), good.from(at)));
      case 3 -> Octets.concat(List.of(good, good.slice(0, at)));
      case 4 -> {
        bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
        yield Octets.wrap(bytes);
      }
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield Octets.wrap(bytes);
      }
    };
  }
}
