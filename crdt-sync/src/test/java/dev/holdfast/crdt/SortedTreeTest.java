package dev.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tree against the map of the JDK, and the versions of it that must not change. */
final class SortedTreeTest {
  @Test
  void isASortedMap() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var plain = new TreeMap<Integer, Integer>();
      SortedTree<Integer, Integer> tree = SortedTree.empty();
      for (int i = 0; i < 200; i++) {
        int key = random.nextInt(100);
        SortedTree<Integer, Integer> before = tree;
        List<Integer> keysBefore = tree.keys();
        if (random.nextInt(3) == 0) {
          tree = tree.remove(key);
          plain.remove(key);
        } else {
          tree = tree.put(key, i);
          plain.put(key, i);
        }
        assertThat(before.keys()).isEqualTo(keysBefore);
        assertThat(tree.keys()).isEqualTo(List.copyOf(plain.keySet()));
        assertThat(tree.values()).isEqualTo(List.copyOf(plain.values()));
        assertThat(tree.size()).isEqualTo(plain.size());
        assertThat(tree.get(key)).isEqualTo(plain.get(key));
      }
      List<Integer> some = new ArrayList<>();
      tree.range(20, 60, (key, _) -> some.add(key));
      assertThat(some).isEqualTo(List.copyOf(plain.subMap(20, 61).keySet()));
      for (int i = 0; i < plain.size(); i++) {
        assertThat(tree.at(i).getKey()).isEqualTo(tree.keys().get(i));
      }
    }
  }

  @Test
  void staysShallowWhateverTheOrder() {
    SortedTree<Integer, Integer> up = SortedTree.empty();
    SortedTree<Integer, Integer> down = SortedTree.empty();
    for (int i = 0; i < 100_000; i++) {
      up = up.put(i, i);
      down = down.put(99_999 - i, 99_999 - i);
    }

    assertThat(up).isEqualTo(down).hasSameHashCodeAs(down);
    for (int i = 0; i < 99_990; i++) {
      up = up.remove(i);
    }
    assertThat(up.size()).isEqualTo(10);
    SortedTree<Integer, Integer> last = up;
    assertThatThrownBy(() -> last.at(10)).hasMessage("index 10 of 10");
  }
}
