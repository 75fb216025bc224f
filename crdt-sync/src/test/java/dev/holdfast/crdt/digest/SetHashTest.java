package dev.holdfast.crdt.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.junit.jupiter.api.Test;

/** The hash of a set is that of what is in it, however it came to be there. */
final class SetHashTest {
  private static Octets element(int number) {
    Blake3Digest blake3 = new Blake3Digest();
    blake3.update(new byte[] {(byte) (number >>> 8), (byte) number}, 0, 2);
    byte[] hash = new byte[32];
    blake3.doFinal(hash, 0);
    return Octets.wrap(hash);
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

  /**
   * The sum of one element is what AES-256 makes of 0, 1, 2... under it: FIPS 197, appendix C.3.
   */
  @Test
  void anElementIsTheKeyOfItsSummand() throws Exception {
    Octets element =
        Octets.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(element.toByteArray(), "AES"));
    Octets example = Octets.ofHex("00112233445566778899aabbccddeeff");
    assertThat(Octets.wrap(aes.doFinal(example.toByteArray())).hex())
        .isEqualTo("8ea2b7ca516745bfeafc49904b496089");
    byte[] counters = new byte[2_048];
    for (int block = 0; block < counters.length / 16; block++) {
      counters[16 * block + 15] = (byte) block;
    }
    SetHash hash = new SetHash();
    hash.add(element);
    assertThat(hash.state()).isEqualTo(Octets.wrap(aes.doFinal(counters)));
  }

  @Test
  void anElementIsAHash() {
    SetHash hash = new SetHash();
    for (int size : new int[] {0, 16, 31, 33}) {
      assertThatThrownBy(() -> hash.add(Octets.wrap(new byte[size])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
