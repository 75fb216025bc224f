package dev.holdfast.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenWindowTest {
  private static final DtnTime T = new DtnTime(10);

  private static BundleId whole(long sequence) {
    return BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(DtnTime.UNKNOWN, sequence));
  }

  private static BundleId part(long sequence, long offset, long length) {
    BundleId id = whole(sequence);
    return new BundleId(
        id.source(), id.created(), Optional.of(new BundleId.Extent(offset, length)));
  }

  @Test
  void neighboursBecomeOneRun() {
    SeenWindow window = SeenWindow.empty();
    for (long sequence : List.of(5L, 7L, 9L, 6L, 8L)) {
      window = window.with(whole(sequence), T);
    }
    assertThat(window.runs()).containsExactly(new SeenWindow.Run(5, 9));
    window = window.with(whole(255), T).with(whole(0), T);
    assertThat(window.runs())
        .containsExactly(
            new SeenWindow.Run(0, 0), new SeenWindow.Run(5, 9), new SeenWindow.Run(255, 255));
  }

  @Test
  void theLatestEndHolds() {
    SeenWindow window = SeenWindow.empty().with(whole(1), new DtnTime(5));
    assertThat(window.with(whole(2), new DtnTime(3)).until()).isEqualTo(new DtnTime(5));
    assertThat(window.with(whole(1), DtnTime.FOREVER).until()).isEqualTo(DtnTime.FOREVER);
  }

  @Test
  void extentsTouchingOrOverlappingBecomeOne() {
    SeenWindow window =
        SeenWindow.empty()
            .with(part(3, 0, 10), T)
            .with(part(3, 20, 10), T)
            .with(part(4, 10, 10), T)
            .with(part(3, 10, 12), T);
    assertThat(window.parts())
        .containsExactly(new SeenWindow.Part(3, 0, 30), new SeenWindow.Part(4, 10, 20));
    assertThat(window.with(whole(3), T).parts()).containsExactly(new SeenWindow.Part(4, 10, 20));
  }

  @Test
  void anExtentThatEndsBeyondAllNumbersEndsThere() {
    SeenWindow window = SeenWindow.empty().with(part(3, -5, 100), T);
    assertThat(window.covers(part(3, -3, 2))).isTrue();
    assertThat(window.covers(part(3, 0, 1))).isFalse();
  }

  @Test
  void extentsAreBounded() {
    SeenWindow window = SeenWindow.empty();
    for (int i = 0; i < 1000; i++) {
      window = window.with(part(1, i * 10L, 5), T);
    }
    assertThat(window.parts()).hasSize(SeenWindow.PARTS_MAX);
    assertThat(window.covers(part(1, 9990, 5))).isTrue();
    assertThat(window.covers(part(1, 0, 5))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomRunsAgreeWithASet(long seed) {
    Random random = new Random(seed);
    SeenWindow window = SeenWindow.empty();
    Set<Long> set = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      long sequence = 512 + random.nextInt(256);
      window = window.with(whole(sequence), T);
      set.add(sequence);
      long asked = 512 + random.nextInt(256);
      assertThat(window.covers(whole(asked))).isEqualTo(set.contains(asked));
    }
    int sum = window.runs().stream().mapToInt(r -> r.last() - r.first() + 1).sum();
    assertThat(sum).isEqualTo(set.size());
  }
}
