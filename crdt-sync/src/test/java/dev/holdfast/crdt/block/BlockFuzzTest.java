package dev.holdfast.crdt.block;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.CrdtLimits;

/** Any octets are a block, which is written as it was read, or refused with an offset. */
class BlockFuzzTest {
  private static final BlockLimits SMALL =
      new BlockLimits(65_536, 64, 40, 40, 20, new CrdtLimits(4, 40, 100, 200, 8, 8));

  private static final VerifyKey KEY = new Origin(7, "golden").key.verifyKey();

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    Octets octets = Octets.copyOf(bytes);
    switch (Block.decode(octets, SMALL)) {
      case Parsed.Bad<Block> bad -> {
        if (bad.offset() < 0 || bad.offset() > octets.size() || bad.reason().isEmpty()) {
          throw new IllegalStateException("no place in the input: " + bad);
        }
      }
      case Parsed.Good<Block>(Block block) -> {
        if (!block.encode().equals(octets)) {
          throw new IllegalStateException("written otherwise: " + block.encode().hex());
        }
        block.verify(KEY, 0, 0);
        block.redact(it -> it.sequence() % 2 == 0);
        ForkProof.of(block.signed(), block.signed());
      }
    }
    SignedHeader.decode(octets);
    ForkProof.decode(octets);
  }
}
