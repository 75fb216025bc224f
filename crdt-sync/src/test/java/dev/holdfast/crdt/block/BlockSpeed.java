package dev.holdfast.crdt.block;

import java.util.List;
import java.util.Locale;

/** Operations a second sealed and verified, by hand: {@code main} prints what docs/0002 has. */
final class BlockSpeed {
  private static final long SECONDS = 3;

  private BlockSpeed() {}

  public static void main(String[] args) {
    for (int operations : new int[] {64, 512}) {
      Origin origin = new Origin(1, "open");
      for (int i = 0; i < operations; i++) {
        origin.write("org.acme:pump-" + i, "features/temperature/properties/value", "21." + i);
      }
      Draft draft = origin.pending.drain(operations, Integer.MAX_VALUE).getFirst();
      Block block = origin.sealer.seal(origin.chain, draft).block();
      var octets = block.encode();
      for (int round = 0; round < 2; round++) { // the first warms up
        rate("sealed and written", operations, () -> sealed(origin, draft));
        rate(
            "read and verified",
            operations,
            () -> {
              Block read = Block.decode(octets, BlockLimits.DEFAULT).orElseThrow();
              return origin.genuine(read).block().operations();
            });
      }
    }
  }

  private static List<Operation> sealed(Origin origin, Draft draft) {
    Block block = origin.sealer.seal(origin.chain, draft).block();
    block.encode();
    return block.operations();
  }

  private interface Work {
    List<Operation> run();
  }

  private static void rate(String what, int operations, Work work) {
    long done = 0;
    long began = System.nanoTime();
    while (System.nanoTime() - began < SECONDS * 1_000_000_000) {
      done += work.run().size();
    }
    double each = (System.nanoTime() - began) / 1e9;
    System.out.printf(Locale.ROOT, "%d: %s %.0f/s%n", operations, what, done / each);
  }
}
