package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.wire.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, and what is read is written back, byte for byte. */
class RoundTripTest {
  private static final int BUNDLES_A_SEED = 25_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void readingWhatWasWrittenAndWritingWhatWasRead(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    for (int i = 0; i < BUNDLES_A_SEED; i++) {
      Bundle bundle = bundles.next();
      Octets encoded = bundle.encoded();
      String which = "seed " + seed + ", bundle " + i + ": " + encoded.hex();
      switch (BundleReader.read(encoded, ReadOptions.STRICT)) {
        case Decoded.Valid<Bundle>(Bundle read) -> {
          assertThat(read).as(which).isEqualTo(bundle);
          assertThat(read.encoded()).as(which).isEqualTo(encoded);
          assertRewritten(which, read.head());
        }
        case Decoded.Invalid<Bundle> invalid -> fail(which + ": " + invalid.fault());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void aHeadIsReadBackFromItsOwnBytes(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    for (int i = 0; i < 5_000; i++) {
      BundleHead head = bundles.next().head();
      assertThat(BundleReader.readHead(head.encoded()))
          .as("seed " + seed + ", bundle " + i)
          .isEqualTo(new Decoded.Valid<>(head));
    }
  }

  /** Every block's bytes follow from its values alone. */
  private static void assertRewritten(String which, BundleHead head) {
    assertThat(PrimaryBlockCodec.encoded(head.primary()).encoded())
        .as(which)
        .isEqualTo(head.primary().encoded());
    for (Extension extension : head.extensions()) {
      assertThat(BundleWriter.extension(extension.block())).as(which).isEqualTo(extension);
    }
    PayloadHeader payload = head.payload();
    assertThat(BundleWriter.payloadHeader(payload.flags(), payload.crc(), payload.length()))
        .as(which)
        .isEqualTo(payload);
    assertThat(BundleWriter.head(head.primary(), head.extensions(), payload))
        .as(which)
        .isEqualTo(head);
  }
}
