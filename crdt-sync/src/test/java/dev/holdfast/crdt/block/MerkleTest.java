package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The tree against the definition of RFC 6962 §2.1, and what is shown of it. */
final class MerkleTest {
  private static final int MOST = 40;

  private static List<Octets> leaves(int count) {
    List<Octets> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(Origin.secret(i));
    }
    return leaves;
  }

  /** MTH of RFC 6962 §2.1 with BLAKE3, over leaves that are hashed already. */
  private static Octets definition(List<Octets> leaves) {
    if (leaves.isEmpty()) {
      return Blake3.plain().end();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = 1;
    while (2 * k < leaves.size()) {
      k *= 2;
    }
    Octets left = definition(leaves.subList(0, k));
    Octets right = definition(leaves.subList(k, leaves.size()));
    return Blake3.plain().add(1).add(left).add(right).end();
  }

  @Test
  void hasTheRootOfTheDefinition() {
    for (int size = 0; size <= MOST; size++) {
      assertThat(Merkle.whole(leaves(size)).root()).contains(definition(leaves(size)));
    }
  }

  @Test
  void hasTheSameRootWhateverIsShown() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      int size = 1 + random.nextInt(MOST);
      List<Octets> leaves = leaves(size);
      BitSet shown = new BitSet();
      for (int j = 0; j < size; j++) {
        shown.set(j, random.nextInt(3) == 0);
      }
      List<Octets> hidden = Merkle.whole(leaves).without(shown);
      List<Octets> some = shown.stream().mapToObj(leaves::get).toList();
      assertThat(new Merkle(size, shown, some, hidden).root()).contains(definition(leaves));
      assertThat(hidden).hasSize(largestWithout(shown, 0, size));

      BitSet fewer = (BitSet) shown.clone();
      shown.stream().filter(_ -> random.nextBoolean()).forEach(fewer::clear);
      assertThat(new Merkle(size, shown, some, hidden).without(fewer))
          .isEqualTo(Merkle.whole(leaves).without(fewer));
      if (!hidden.isEmpty()) {
        List<Octets> missing = hidden.subList(1, hidden.size());
        assertThat(new Merkle(size, shown, some, missing).root()).isEmpty();
      }
      List<Octets> more = new ArrayList<>(hidden);
      more.add(leaves.getFirst());
      assertThat(new Merkle(size, shown, some, more).root()).isEmpty();
    }
  }

  private static int largestWithout(BitSet shown, int from, int to) {
    if (shown.get(from, to).isEmpty()) {
      return 1;
    }
    if (to - from == 1) {
      return 0;
    }
    int k = 1;
    while (2 * k < to - from) {
      k *= 2;
    }
    return largestWithout(shown, from, from + k) + largestWithout(shown, from + k, to);
  }

  @Test
  void aLeafIsNoNode() {
    List<Octets> leaves = leaves(2);
    Octets node = Merkle.whole(leaves).root().orElseThrow();
    Octets salt = leaves.get(0).slice(0, Opening.SALT);
    Octets rest = Octets.concat(List.of(leaves.get(0).from(Opening.SALT), leaves.get(1)));
    assertThat(Merkle.leaf(salt, rest)).isNotEqualTo(node);
  }
}
