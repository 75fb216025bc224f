package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceSummaryTest {
  @Test
  void sumsUpEachLink() {
    TraceSummary summary = new TraceSummary();
    String text = Traces.vector("all-changes.linktrace");
    LinkTraceText.read(TraceSource.ofText("t", text), TraceLimits.DEFAULT)
        .forEachRemaining(summary::add);
    long second = 1_000_000_000L;
    assertThat(summary.events()).isEqualTo(13);
    assertThat(summary.firstNanos()).isZero();
    assertThat(summary.lastNanos()).isEqualTo(63 * second);
    assertThat(summary.nodes()).containsExactly("4", "48", "sat-1_a.b:9");
    assertThat(summary.links())
        .containsExactly(
            new LinkSummary("4", "48", 1, 60 * second, 0, 0, 1500, 1, 125_000),
            // 12.5 s at 100,000 bytes/s, then 47.5 s and one more second at 50,000.
            new LinkSummary("48", "4", 2, 61 * second, 1, 3_675_000, 0, 0, 0),
            new LinkSummary("sat-1_a.b:9", "4", 1, 0, 0, 0, 0, 0, 0));
    assertThat(summary.links().getFirst().volumeBytes()).isEqualTo(1500);
  }

  @Test
  void anEmptyTraceHasNothing() {
    TraceSummary summary = new TraceSummary();
    assertThat(summary.links()).isEmpty();
    assertThat(summary.nodes()).isEmpty();
    assertThat(summary.lastNanos()).isZero();
  }
}
