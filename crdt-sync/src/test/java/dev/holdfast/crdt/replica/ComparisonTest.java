package dev.holdfast.crdt.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.digest.SketchKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int DIFFERENT = 7;

  private final List<Region> regions = Region.several(2);
  private final Region earth = regions.get(0);
  private final Region mars = regions.get(1);

  private static Edit write(int number, String value) {
    Leaf leaf = new Leaf("org.acme:pump", "p" + number, Kind.REGISTER);
    return new Edit.Write(leaf, Octets.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** An entry that stands in none of the cells that came is missed, and it is known that one is. */
  @Test
  void cellsWithoutTheFirstOnesNeverTellLessThanAll() {
    for (int i = 0; i < 50; i++) {
      earth.edit(write(i, "same"));
    }
    earth.seal().forEach(mars::receive);
    for (int i = 0; i < DIFFERENT; i++) {
      earth.edit(write(100 + i, "only here"));
    }
    earth.seal();
    mars.seal();
    var random = new SplittableRandom(1);
    int whole = 0;
    int partial = 0;
    for (int trial = 0; trial < 400; trial++) {
      byte[] salt = new byte[SketchKey.SALT_BYTES];
      random.nextBytes(salt);
      SketchKey key = new SketchKey(Octets.wrap(salt));
      Comparison.Sketched theirs = earth.replica.telling().sketch(key, 12, 60, 1);
      Comparison comparison = mars.replica.telling().comparison(key, theirs.whole(), 60, 1);
      switch (comparison.add(theirs.cells().getFirst())) {
        case Compared.Whole all -> {
          whole++;
          assertEquals(DIFFERENT, all.differences(), "trial " + trial);
        }
        case Compared.Partial _ -> partial++;
        case Compared.Refused refused -> throw new AssertionError(refused.why());
      }
    }
    assertTrue(whole > 50 && partial > 50, whole + " told all, " + partial + " did not");
  }
}
