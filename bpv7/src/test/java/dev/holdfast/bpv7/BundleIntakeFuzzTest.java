package dev.holdfast.bpv7;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Octets;
import java.util.random.RandomGeneratorFactory;

/** Hostile bytes in pieces: the intake throws nothing and is of one opinion with the reader. */
final class BundleIntakeFuzzTest {
  /** The first byte decides where the rest is cut. */
  @FuzzTest
  void piecesAndTheWholeAreOfOneOpinion(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Octets bytes = Octets.wrap(input, 1, input.length - 1);
    ReadOptions options = (input[0] & 1) == 0 ? ReadOptions.STRICT : ReadOptions.STORED;
    Agreement.assertAgreement(
        "cut by " + input[0],
        bytes,
        options,
        RandomGeneratorFactory.of("L64X128MixRandom").create(input[0]));
  }
}
