package dev.holdfast.crdt.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.junit.jupiter.api.Test;

/** The hash of a set is that of what is in it, however it came to be there. */
final class SetHashTest {
  private static Octets element(int number) {
    return Octets.wrap(new byte[] {(byte) (number >>> 8), (byte) number});
  }

  @Test
  void orderAndDetoursDoNotMatter() {
    for (int round = 0; round < 100; round++) {
      Random random = new Random(round);
      List<Integer> numbers = new ArrayList<>();
      SetHash straight = new SetHash();
      for (int i = 0; i < 50; i++) {
        numbers.add(i);
        straight.add(element(i));
      }
      Collections.shuffle(numbers, random);
      SetHash around = new SetHash();
      for (int number : numbers) {
        around.add(element(1000 + number));
        around.add(element(number));
        around.remove(element(1000 + number));
      }
      assertThat(around.root()).isEqualTo(straight.root());
      around.remove(element(numbers.getFirst()));
      assertThat(around.root()).isNotEqualTo(straight.root());
    }
  }

  @Test
  void theEmptySetIsAsItBegan() {
    SetHash hash = new SetHash();
    StateRoot empty = hash.root();
    hash.add(element(1));
    assertThat(hash.root()).isNotEqualTo(empty);
    hash.remove(element(1));
    assertThat(hash.root()).isEqualTo(empty);
  }

  /** The same element twice is another sum, so that a caller's mistake shows. */
  @Test
  void nothingCancelsOut() {
    SetHash hash = new SetHash();
    hash.add(element(1));
    StateRoot once = hash.root();
    hash.add(element(1));
    assertThat(hash.root()).isNotEqualTo(once).isNotEqualTo(new SetHash().root());
  }

  @Test
  void whatIsKeptGoesOnAsItWas() {
    SetHash hash = new SetHash();
    for (int i = 0; i < 300; i++) {
      hash.add(element(i));
    }
    SetHash again = SetHash.of(hash.state());
    assertThat(again.root()).isEqualTo(hash.root());
    again.remove(element(7));
    hash.remove(element(7));
    assertThat(again.state()).isEqualTo(hash.state());
  }

  /** The sum of one element is its hash, stretched: BLAKE3 of "abc" as its authors give it. */
  @Test
  void anElementIsItsBlake3() {
    byte[] abc = {'a', 'b', 'c'};
    Blake3Digest blake3 = new Blake3Digest();
    blake3.update(abc, 0, 3);
    byte[] digest = new byte[32];
    blake3.doFinal(digest, 0);
    assertThat(Octets.wrap(digest).hex())
        .isEqualTo("6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
    SetHash hash = new SetHash();
    hash.add(Octets.wrap(abc));
    assertThat(hash.state().slice(0, 32)).isEqualTo(Octets.wrap(digest));
  }
}
