package dev.holdfast.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.replay.CaptureComparison.Difference;
import dev.holdfast.gateway.replay.CaptureComparison.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a replay beside its capture; node 1 is the gateway between 2 and 3. */
class CaptureComparisonTest {
  private static final DtnTime START =
      new DtnTime(SmallCapture.START_SECONDS * 1_000 - DtnTime.EPOCH_UNIX_MILLIS);
  private static final long HOUR_MILLIS = 3_600_000;

  @TempDir Path folder;

  private static Bundle bundle(int from, int to, int number, String payload) {
    return bundle(from, to, number, payload, START);
  }

  private static Bundle bundle(int from, int to, int number, String payload, DtnTime created) {
    return BundleBuilder.to(IpnEid.of(to, 5))
        .from(IpnEid.of(from, 6))
        .created(new CreationTimestamp(created, number))
        .lifetime(HOUR_MILLIS)
        .build(Octets.wrap(payload.getBytes(StandardCharsets.UTF_8)));
  }

  private CaptureComparison compare(SmallCapture capture) throws IOException {
    Path file = capture.write(folder.resolve("small.pcap"));
    return CaptureReplay.of(file, "1").run().comparison();
  }

  @Test
  void whatIsForwardedAgainIsTheSame() throws IOException {
    Bundle through = bundle(2, 3, 1, "through");
    Bundle own = bundle(1, 3, 2, "its own");
    Bundle forIt = bundle(2, 1, 3, "for it");
    CaptureComparison same =
        compare(
            new SmallCapture()
                .session(0, 1, 3)
                .sends(1, 1, own.encoded())
                .sends(3, 1, through.encoded())
                .sends(4, 1, through.encoded())
                .ends(20)
                .session(0, 2, 1)
                .sends(2, 2, through.encoded())
                .sends(5, 2, forIt.encoded())
                .sends(6, 2, Octets.ofHex("9f00ff"))
                .ends(20));

    assertThat(same).isEqualTo(new CaptureComparison(2, 1, 2, 1, 1, 1, 0, 0, List.of()));
    assertThat(same.isSame()).isTrue();
  }

  @Test
  void whatIsNotTheSameIsNamed() throws IOException {
    Bundle altered = bundle(2, 3, 1, "as it was sent");
    Bundle late = bundle(2, 3, 2, "too late now", START.plus(-2 * HOUR_MILLIS));
    Bundle kept = bundle(2, 3, 3, "kept, or the capture ended");
    CaptureComparison differs =
        compare(
            new SmallCapture()
                .session(0, 1, 3)
                .sends(3, 1, bundle(2, 3, 1, "as it went on").encoded())
                .sends(4, 1, late.encoded())
                .ends(20)
                .session(0, 2, 1)
                .sends(1, 2, altered.encoded())
                .sends(2, 2, late.encoded())
                .sends(3, 2, kept.encoded())
                .ends(20));

    assertThat(differs.forwarded()).isEqualTo(2);
    assertThat(differs.again()).isZero();
    assertThat(differs.differences())
        .containsExactlyInAnyOrder(
            new Difference(Kind.OTHER_PAYLOAD, "3", altered.id().toString(), "14 bytes, then 13"),
            new Difference(Kind.NOT_FORWARDED, "3", late.id().toString(), ""));
    assertThat(differs.besides()).isEqualTo(1);
  }
}
