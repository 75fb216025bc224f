package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadBoundTest {
  private final HeadBound bound = new HeadBound(key(0));

  @Test
  void aReaderRaisesItUnlessSomethingWasWrittenBefore() {
    long writes = bound.writes();
    bound.met(key(5), writes);
    assertThat(bound.from()).isEqualTo(key(5));

    bound.written(key(3));
    bound.met(key(7), writes);
    assertThat(bound.from()).isEqualTo(key(3));
  }

  @Test
  void whatIsWrittenBehindEverythingDoesNotTakeAReadersFindingAway() {
    long writes = bound.writes();
    bound.appended(key(9));
    bound.met(key(5), writes);
    assertThat(bound.from()).isEqualTo(key(5));
  }

  @Test
  void whatIsWrittenIntoAnEmptyRangeIsFound() {
    bound.emptied(key(255));
    bound.appended(key(9));
    assertThat(bound.from()).isEqualTo(key(9));
  }

  private static byte[] key(int value) {
    return new byte[] {(byte) value};
  }
}
