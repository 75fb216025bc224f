package dev.holdfast.gateway.recent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<String> recent = new Recent<>(3);

  private List<Recent.Numbered<String>> since(long number, int limit, long waitMillis) {
    try {
      return recent.since(number, limit, waitMillis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void countsFromOneWithoutGaps() {
    assertThat(recent.last()).isZero();
    recent.add(List.of("a", "b"));

    assertThat(recent.last()).isEqualTo(2);
    assertThat(since(0, 10, 0))
        .containsExactly(new Recent.Numbered<>(1, "a"), new Recent.Numbered<>(2, "b"));
    assertThat(since(1, 10, 0)).containsExactly(new Recent.Numbered<>(2, "b"));
    assertThat(since(0, 1, 0)).containsExactly(new Recent.Numbered<>(1, "a"));
    assertThat(since(2, 10, 0)).isEmpty();
  }

  @Test
  void forgetsTheOldestAndItsNumberTellsSo() {
    recent.add(List.of("a", "b", "c", "d", "e"));

    assertThat(since(1, 10, 0)).extracting(Recent.Numbered::number).containsExactly(3L, 4L, 5L);
    assertThat(recent.last()).isEqualTo(5);
  }

  @Test
  void waitsForWhatIsNotThereYet() {
    CompletableFuture<List<Recent.Numbered<String>>> waiting =
        CompletableFuture.supplyAsync(() -> since(0, 10, 60_000));
    recent.add(List.of("a"));

    assertThat(waiting.join()).containsExactly(new Recent.Numbered<>(1, "a"));
    assertThat(since(1, 10, 20)).isEmpty();
  }
}
