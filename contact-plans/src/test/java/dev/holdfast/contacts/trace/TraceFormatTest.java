package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          #linktrace 1                  ~ LINKTRACE
          # a comment|3.5 CONN 1 2 up   ~ ONE
          # a comment||17|17            ~ MAHIMAHI
          from,to,start_s,end_s         ~ CSV
          1,2,0,10,1000,0.5             ~ CSV
          {"contacts":[1,2,3,4,5,6]}    ~ PLAN
          a contact +0 +9 1 2 5         ~ PLAN
          @ +9                          ~ PLAN
          """)
  void theContentTellsTheFormat(String text, TraceFormat format) {
    byte[] bytes = text.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    assertThat(TraceFormat.detect(Octets.wrap(bytes))).contains(format);
    assertThat(TraceFormat.named(format.label())).contains(format);
  }

  @ParameterizedTest
  @CsvSource({
    "d4c3b2a102000400, PCAP",
    "a1b2c3d4, PCAP",
    "4d3cb2a1, PCAP",
    "a1b23c4d, PCAP",
    "0a0d0d0a1c000000, PCAP"
  })
  void soDoTheFirstBytesOfACapture(String hex, TraceFormat format) {
    assertThat(TraceFormat.detect(Octets.ofHex(hex))).contains(format);
  }

  @Test
  void whatIsNoneIsNotGuessed() {
    for (String text : new String[] {"", "#", "hello world", "\n\n"}) {
      Octets head = Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
      assertThat(TraceFormat.detect(head)).as(text).isEmpty();
    }
    assertThat(TraceFormat.named("odd")).isEmpty();
  }
}
