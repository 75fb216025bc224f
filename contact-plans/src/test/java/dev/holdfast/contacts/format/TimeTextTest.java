package dev.holdfast.contacts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"2026-12-01T00:00:00Z", "2026/12/01-00:00:00", "2026/12/1-0:0:0", "+849398400"})
  void everyFormOfATime(String text) {
    assertThat(TimeText.parse(text, Epoch.FLOATING))
        .contains(DtnTime.of(Instant.parse("2026-12-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "now",
        "2026-12-01",
        "2026/02/30-00:00:00",
        "2300-01-01T00:00:00Z",
        "+1.2345",
        "1990-01-01T00:00:00Z",
        "+99999999999",
        "-5"
      })
  void whatIsNoTime(String text) {
    assertThat(TimeText.parse(text, Epoch.FLOATING)).isEmpty();
  }

  @Test
  void relativeTimesNeedAnEpoch() {
    assertThat(TimeText.parse("+5", Epoch.NONE)).isEmpty();
    assertThat(TimeText.parse("+5", Epoch.UNIX)).isEmpty();
    assertThat(TimeText.parse("+946684800.5", Epoch.UNIX)).contains(new DtnTime(500));
    assertThat(TimeText.parse("+5", Epoch.at(new DtnTime(1_000)))).contains(new DtnTime(6_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "1500, 1.5 s",
    "59999, 59.999 s",
    "60000, 1m 00s",
    "3599000, 59m 59s",
    "3600000, 1h 00m",
    "86400000, 1d 00h",
    "-500, -0.5 s"
  })
  void spans(long millis, String text) {
    assertThat(TimeText.span(millis)).isEqualTo(text);
  }
}
