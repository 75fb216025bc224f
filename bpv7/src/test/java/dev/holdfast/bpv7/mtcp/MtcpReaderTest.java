package dev.holdfast.bpv7.mtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MtcpReaderTest {
  private static final long MRU = 1L << 40;

  @ParameterizedTest
  @CsvSource({
    "1, 41",
    "23, 57",
    "24, 5818",
    "255, 58ff",
    "256, 590100",
    "65535, 59ffff",
    "65536, 5a00010000",
    "4294967295, 5affffffff",
    "4294967296, 5b0000000100000000"
  })
  void headsAreShortestAndReadBack(long length, String hex) {
    assertThat(MtcpFraming.head(length).hex()).isEqualTo(hex);
    assertThat(new MtcpReader(MRU).on(MtcpFraming.head(length)))
        .containsExactly(new MtcpPart.BundleStarted(length));
  }

  @Test
  void bundlesAndKeepalivesHoweverTheyAreCut() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    for (int round = 0; round < 300; round++) {
      List<Octets> bundles = new ArrayList<>();
      List<Octets> stream = new ArrayList<>();
      int keepalives = 0;
      for (int i = 0; i < 8; i++) {
        byte[] bundle = new byte[1 + random.nextInt(random.nextBoolean() ? 30 : 70_000)];
        random.nextBytes(bundle);
        bundles.add(Octets.wrap(bundle));
        stream.add(MtcpFraming.head(bundle.length));
        stream.add(Octets.wrap(bundle));
        if (random.nextBoolean()) {
          stream.add(MtcpFraming.KEEPALIVE);
          keepalives++;
        }
      }
      List<MtcpPart> parts = cut(Octets.concat(stream), random);

      assertThat(bundles(parts)).isEqualTo(bundles);
      assertThat(parts.stream().filter(MtcpPart.Keepalive.class::isInstance)).hasSize(keepalives);
    }
  }

  private static List<MtcpPart> cut(Octets stream, RandomGenerator random) {
    MtcpReader reader = new MtcpReader(MRU);
    List<MtcpPart> parts = new ArrayList<>();
    int at = 0;
    while (at < stream.size()) {
      int end = Math.min(stream.size(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 50_000));
      parts.addAll(reader.on(stream.slice(at, end)));
      at = end;
    }
    return parts;
  }

  private static List<Octets> bundles(List<MtcpPart> parts) {
    List<Octets> bundles = new ArrayList<>();
    List<Octets> current = new ArrayList<>();
    for (MtcpPart part : parts) {
      if (part instanceof MtcpPart.BundleData(Octets octets)) {
        current.add(octets);
      } else if (part instanceof MtcpPart.BundleEnded) {
        bundles.add(Octets.concat(current));
        current.clear();
      }
    }
    return bundles;
  }

  @Test
  void aLengthNeedNotBeInItsShortestForm() {
    assertThat(new MtcpReader(MRU).on(Octets.ofHex("590001aa5b000000000000000042bbcc")))
        .containsExactly(
            new MtcpPart.BundleStarted(1),
            new MtcpPart.BundleData(Octets.ofHex("aa")),
            new MtcpPart.BundleEnded(),
            new MtcpPart.Keepalive(),
            new MtcpPart.BundleStarted(2),
            new MtcpPart.BundleData(Octets.ofHex("bbcc")),
            new MtcpPart.BundleEnded());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9f", "00", "5f", "5c", "5e", "64746e21", "ff"})
  void whatIsNoByteStringEndsTheReading(String hex) {
    MtcpReader reader = new MtcpReader(MRU);
    reader.on(Octets.ofHex("41aa"));

    List<MtcpPart> parts = reader.on(Octets.ofHex(hex + "41aa"));

    assertThat(parts).hasSize(1);
    assertThat(((MtcpPart.Unreadable) parts.getFirst()).fault().offset()).isEqualTo(2);
    assertThat(reader.on(Octets.ofHex("41aa"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5903e9, 1001", "5bffffffffffffffff, 18446744073709551615"})
  void aBundleOverTheLimitEndsTheReading(String hex, String length) {
    Fault fault =
        new Fault(0, "RFC 8949 §3.1", "a bundle of " + length + " bytes, at most 1000 are taken");

    assertThat(new MtcpReader(1000).on(Octets.ofHex(hex)))
        .containsExactly(new MtcpPart.Unreadable(fault));
  }

  @Test
  void dataIsNotCopied() {
    Octets data = Octets.ofHex("43aabbcc");

    List<MtcpPart> parts = new MtcpReader(MRU).on(data);

    assertThat(((MtcpPart.BundleData) parts.get(1)).octets()).isEqualTo(data.from(1));
  }
}
