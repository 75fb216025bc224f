package dev.holdfast.bpv7.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class CrcTest {
  private static final Octets CHECK =
      Octets.copyOf("123456789".getBytes(StandardCharsets.US_ASCII));

  @Test
  void theCheckValuesOfTheCatalogue() {
    assertThat(Crc.x25().update(CHECK).value()).isEqualTo(0x906e);
    assertThat(Crc.castagnoli().update(CHECK).value()).isEqualTo(0xe3069283L);
    assertThat(Crc.x25().update(CHECK).octets().hex()).isEqualTo("906e");
    assertThat(Crc.castagnoli().update(CHECK).octets().hex()).isEqualTo("e3069283");
  }

  @Test
  void eightBytesAtATimeEqualsBitByBitWhateverTheSplit() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      int cut = random.nextInt(bytes.length + 1);
      Octets all = Octets.wrap(bytes);
      Crc crc = Crc.x25().update(all.slice(0, cut)).update(all.from(cut));
      assertThat(crc.value()).as(all.hex() + " cut at " + cut).isEqualTo(bitByBit(bytes));
    }
  }

  private static long bitByBit(byte[] bytes) {
    int r = 0xffff;
    for (byte b : bytes) {
      r ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        r = (r & 1) == 0 ? r >>> 1 : r >>> 1 ^ 0x8408;
      }
    }
    return ~r & 0xffff;
  }
}
