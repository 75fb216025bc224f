package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a block costs in bytes, all in. The figures stand in docs/0002. */
final class BlockSizesTest {
  private static final int SIXTY_FOUR_MOST = 20;

  @Test
  void fewThings() {
    row("few things", false);
  }

  @Test
  void manyThings() {
    row("many things", true);
  }

  private static void row(String name, boolean many) {
    var row = new StringBuilder(name);
    for (int updates : new int[] {1, 8, 64, 512}) {
      Origin origin = new Origin(1, "open");
      origin.skip(1_000_000);
      for (int round = 0; round < 2; round++) { // the second replaces the first
        for (int i = 0; i < updates; i++) {
          update(origin, many, i, updates);
        }
        if (round == 0) {
          origin.seal();
        }
      }
      Block block = origin.seal();
      assertThat(block.operations()).hasSize(updates);
      double each = (double) block.encode().size() / updates;
      row.append(String.format(" | %d: %.1f", updates, each));
      if (updates == 64) {
        assertThat(each).isLessThanOrEqualTo(SIXTY_FOUR_MOST);
      }
    }
    System.out.println(row);
  }

  private static void update(Origin origin, boolean many, int i, int updates) {
    String[] paths = {
      "features/temperature/properties/value",
      "features/pressure/properties/value",
      "features/flow/properties/value",
      "features/vibration/properties/value",
      "features/current/properties/value",
      "features/voltage/properties/value",
      "features/speed/properties/value",
      "features/level/properties/value"
    };
    // 37 has no factor in common with the count: things in no order
    int thing = many ? i * 37 % updates : i / paths.length;
    String path = many ? paths[0] : paths[i % paths.length];
    origin.write("org.acme:pump-" + (10_000 + 13 * thing), path, "21." + (i % 90 + 10));
  }

  @Test
  void samplesOfOneRegister() {
    Origin origin = new Origin(1, "open");
    origin.skip(1_000_000);
    for (int i = 0; i < 28_800; i++) {
      origin.write("org.acme:pump-17", "features/temperature/properties/value", "21." + i % 90);
    }
    Block block = origin.seal();

    assertThat(block.operations()).hasSize(1);
    assertThat(block.header().covers().last()).isEqualTo(1_028_800);
    int size = block.encode().size();
    System.out.println("28,800 samples of one register: " + size);
    assertThat(size).isLessThan(300);
  }
}
