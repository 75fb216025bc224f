package dev.holdfast.contacts.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 8 * * *           | 2026-01-01T08:00:00Z 2026-01-02T08:00:00Z
          */30 0 1 * *        | 2026-01-01T00:00:00Z 2026-01-01T00:30:00Z 2026-02-01T00:00:00Z
          @weekly             | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          0 0 * * 7           | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          15 12 29 feb *      | 2028-02-29T12:15:00Z
          0 0 13 * FRI        | 2026-01-02T00:00:00Z 2026-01-09T00:00:00Z 2026-01-13T00:00:00Z
          10-12/2 5 1,3 JAN-FEB * | 2026-01-01T05:10:00Z 2026-01-01T05:12:00Z 2026-01-03T05:10:00Z
          """)
  void findsTheNextTimes(String expression, String times) {
    long first = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    long until = Instant.parse("2029-01-01T00:00:00Z").toEpochMilli();
    String[] wanted = times.split(" ");
    assertThat(
            Cron.parse(expression).between(first, until, 10).stream()
                .limit(wanted.length)
                .map(time -> Instant.ofEpochMilli(time).toString()))
        .containsExactly(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * XYZ *",
        "5-2 * * * *",
        "*/0 * * * *",
        "1,,2 * * * *",
        "@often"
      })
  void refusesTheRest(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cron.parse(expression))
        .withMessageContaining("write five fields");
  }
}
