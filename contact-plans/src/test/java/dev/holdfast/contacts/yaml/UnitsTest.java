package dev.holdfast.contacts.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0s,0",
    "500ms,500",
    "30s,30000",
    "1.5s,1500",
    "5m,300000",
    "2h,7200000",
    "7d,604800000",
    "10 min,600000"
  })
  void readsDurations(String text, long millis) {
    assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "0B,0",
    "64KiB,65536",
    "64kB,64000",
    "1.5MiB,1572864",
    "10GiB,10737418240",
    "2TiB,2199023255552",
    "7 MB,7000000"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Units.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "2Mbit/s,250000",
    "12500B/s,12500",
    "9600bit/s,1200",
    "1.2kbit/s,150",
    "1Gbit/s,125000000",
    "1MiB/s,1048576",
    "0.5 MB/s,500000"
  })
  void readsRates(String text, long bytesPerSecond) {
    assertThat(Units.bytesPerSecond(text)).isEqualTo(bytesPerSecond);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "-5s",
        "5 weeks",
        "5S",
        "1e3s",
        "0x10s",
        "1..5s",
        "999999999999999999d",
        "9999999999999999999s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.duration(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("such as 30s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5K", "5kib", "5KB", "-1B", "999999999999TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.size(text))
        .withMessageContaining("such as 64KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5Mbit", "5MiB", "5mbit/s", "7bit/s", "0B/s"})
  void refusesWhatIsNoRate(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Units.bytesPerSecond(text))
        .withMessageContaining("such as 2Mbit/s");
  }

  @Test
  void writesWhatItReads() {
    for (String text : new String[] {"0s", "500ms", "30s", "5m", "2h", "7d", "90m", "1500ms"}) {
      assertThat(Units.text(Units.duration(text))).isEqualTo(text);
    }
    assertThat(Units.sizeText(512)).isEqualTo("512 B");
    assertThat(Units.sizeText(1536)).isEqualTo("1.5 KiB");
    assertThat(Units.sizeText(64L << 20)).isEqualTo("64 MiB");
  }
}
