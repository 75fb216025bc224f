package dev.holdfast.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNumberTest {
  @ParameterizedTest
  @CsvSource({
    "977, 0, 977, 977",
    "0, 0, 0, 0",
    "974848.977, 974848, 977, 4186940278571985",
    "0.977, 0, 977, 977",
    "4294967295.4294967295, 4294967295, 4294967295, 18446744073709551615",
    "4186940278571985, 974848, 977, 4186940278571985"
  })
  void readsEveryForm(String text, long allocator, long node, String decimal) {
    NodeNumber read = NodeNumber.parse(text).orElseThrow();
    assertThat(read.allocator()).isEqualTo(allocator);
    assertThat(read.node()).isEqualTo(node);
    assertThat(read.decimal()).isEqualTo(decimal);
    assertThat(NodeNumber.parse(read.toString())).contains(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.",
        ".1",
        "1.2.3",
        "-1",
        "+1",
        " 1",
        "1 ",
        "0x1",
        "18446744073709551616",
        "4294967296.1",
        "1.4294967296",
        "ipn:1",
        "१"
      })
  void refusesWhatIsNone(String text) {
    assertThat(NodeNumber.parse(text)).isEmpty();
  }

  @Test
  void ordersUnsigned() {
    List<String> ascending = List.of("1", "977", "1.0", "974848.977", "4294967295.1");
    assertThat(
            Stream.of("974848.977", "1.0", "4294967295.1", "977", "1")
                .map(text -> NodeNumber.parse(text).orElseThrow())
                .sorted()
                .map(NodeNumber::toString))
        .isEqualTo(ascending);
  }
}
