package dev.holdfast.bpv7.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class CborWriterTest {
  @Test
  void everythingIsDeterministic() {
    String text = "x".repeat(20_000);
    Octets written =
        new CborWriter(16)
            .array(9)
            .unsigned(-1L)
            .integer(-25)
            .bytes(Octets.ofHex("0102"))
            .text(text)
            .bool(true)
            .nil()
            .number(1.5)
            .item(Octets.ofHex("820001"))
            .map(2)
            .key(1)
            .unsigned(2)
            .key("a")
            .unsigned(70_000)
            .endMap()
            .end()
            .finish();
    CborReader reader = new CborReader(written);
    assertThat(reader.item(3)).isEqualTo(written);
    assertThat(reader.atEnd()).isTrue();
    assertThat(written.slice(0, 13).hex()).isEqualTo("891bffffffffffffffff381842");
    assertThat(written.from(20_018).hex()).isEqualTo("f5f6f93e00820001a2010261611a00011170");
  }

  @Test
  void tooManyOrTooFewItemsAreOurErrors() {
    assertThatThrownBy(() -> new CborWriter(8).array(1).unsigned(0).unsigned(1))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> new CborWriter(8).array(2).item(Octets.ofHex("00")).end())
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void aBlockEndsWithTheChecksumOfItself() {
    CborWriter writer = new CborWriter(4).indefiniteArray();
    int from = writer.position();
    Octets written = writer.array(3).unsigned(5).unsigned(6).crc(from, Crc.x25()).end().finish();
    Octets block = written.from(1);
    assertThat(block.slice(0, 4).hex()).isEqualTo("83050642");
    Crc expected = Crc.x25().update(block.slice(0, 4)).updateValueAsZeros();
    assertThat(block.from(4)).isEqualTo(expected.octets());
  }

  @Test
  void theHeadOfAByteStringMayStandAlone() {
    assertThat(new CborWriter(1).bytesHead(3).finish().hex()).isEqualTo("43");
    assertThat(new CborWriter(1).bytesHead(1L << 32).finish().hex())
        .isEqualTo("5b0000000100000000");
  }

  @Test
  void positionsCountWhatIsStillBuffered() {
    CborWriter writer = new CborWriter(1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(writer.position()).isEqualTo(i * 2);
      writer.unsigned(100);
    }
    assertThat(writer.finish().size()).isEqualTo(20_000);
  }
}
