package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.TrafficClass;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrafficTest {
  @Test
  void theSameSeedSendsTheSame() {
    assertThat(Traffic.of(1, 1_200, 2)).isEqualTo(Traffic.of(1, 1_200, 2));
    assertThat(Traffic.of(2, 1_200, 2)).isNotEqualTo(Traffic.of(1, 1_200, 2));
  }

  @Test
  void sizesAndClassesAreMixedBothWays() {
    List<Consignment> traffic = Traffic.of(1, 1_200, 2);

    for (Site from : List.of(Site.EARTH, Site.MARS)) {
      List<Consignment> sent = traffic.stream().filter(c -> c.from() == from).toList();
      assertThat(sent).hasSize(59).noneMatch(c -> c.to() == from);
      assertThat(sent.stream().mapToLong(Consignment::size).min()).hasValue(100);
      assertThat(sent.stream().mapToLong(Consignment::size).max()).hasValue(64 << 20);
      assertThat(sent.stream().map(Consignment::trafficClass).distinct().toList())
          .containsExactlyInAnyOrder(TrafficClass.values());
    }
    assertThat(traffic)
        .isSortedAccordingTo(java.util.Comparator.comparingDouble(Consignment::dueSeconds));
    assertThat(traffic.stream().map(Consignment::number).toList())
        .isEqualTo(Stream.iterate(1, n -> n + 1).limit(118).toList());
    assertThat(traffic).allMatch(c -> c.dueSeconds() >= 0 && c.dueSeconds() < 2_400);
  }

  @Test
  void aPayloadIsTheSameHoweverItIsRead() throws Exception {
    byte[] atOnce = new SeededPayload(100_003, 5).readAllBytes();
    SeededPayload slowly = new SeededPayload(100_003, 5);
    byte[] again = new byte[100_003];
    int at = 0;
    while (at < again.length) {
      int count = slowly.read(again, at, Math.min(777, again.length - at));
      assertThat(count).isPositive();
      at += count;
    }

    assertThat(again).isEqualTo(atOnce);
    assertThat(slowly.read()).isEqualTo(-1);
    assertThat(slowly.sha256()).isEqualTo(HexFormat.of().formatHex(Sha256.start().digest(atOnce)));
    assertThat(new SeededPayload(100_003, 6).readAllBytes()).isNotEqualTo(atOnce);
  }

  @Test
  void aDigestOfHalfAPayloadIsNone() {
    SeededPayload payload = new SeededPayload(10, 1);
    assertThat(payload.read()).isBetween(0, 255);

    assertThatThrownBy(payload::sha256).hasMessage("9 bytes of the payload were not read");
  }
}
