package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What registers hold: one form of each value, exactly. */
final class ValueCodecTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The lines of a file of vectors, their parts apart. */
  static List<List<String>> vectors(String name) throws IOException {
    try (InputStream in = ValueCodecTest.class.getResourceAsStream("/vectors/twin/" + name)) {
      assertThat(in).as(name).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" \\| ")))
          .toList();
    }
  }

  @Test
  void whatWasWrittenOnceIsReadSo() throws IOException {
    for (List<String> line : vectors("values.txt")) {
      Octets octets = Octets.ofHex(line.get(0));
      String read =
          switch (ValueCodec.read(octets)) {
            case Content.Members _ -> "members";
            case Content.Declared(Kind kind) -> Declaration.words(kind);
            case Content.Value(JsonNode json) -> json.toString();
            case Content.Unreadable _ -> "refused";
          };
      assertThat(read).as(line.get(0)).isEqualTo(line.get(1));
      if (ValueCodec.read(octets) instanceof Content.Value(JsonNode json)) {
        assertThat(ValueCodec.encode(json)).isEqualTo(octets);
        assertThat(ValueCodec.encode(Region.json(line.get(1)))).isEqualTo(octets);
      }
    }
    assertThat(ValueCodec.MEMBERS.hex()).isEqualTo("a0");
    assertThat(ValueCodec.declaration(Kind.LIST).hex()).isEqualTo("a10005");
    assertThat(Lifecycle.ACTIVE.octets().hex()).isEqualTo("66616374697665");
    assertThat(Lifecycle.DELETED.octets().hex()).isEqualTo("6764656c65746564");
  }

  /** However a number is written, it is one number; what is read is exactly that. */
  @Test
  void numbersAreExactAndHaveOneForm() {
    var random = new SplittableRandom(7396);
    for (int i = 0; i < 20_000; i++) {
      int digits = 1 + random.nextInt(40);
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      for (int d = 0; d < digits; d++) {
        text.append((char) ('0' + (d == 0 ? 1 + random.nextInt(9) : random.nextInt(10))));
      }
      BigDecimal number = new BigDecimal(text + "E" + (random.nextInt(60) - 40));
      Octets octets = ValueCodec.encode(JSON.numberNode(number));
      JsonNode read = ValueCodec.element(octets).orElseThrow();
      assertThat(read.decimalValue()).as("%s", number).isEqualByComparingTo(number);
      assertThat(ValueCodec.encode(JSON.numberNode(number.setScale(number.scale() + 3))))
          .isEqualTo(octets);
      assertThat(ValueCodec.encode(Region.json(number.toString()))).isEqualTo(octets);
      assertThat(ValueCodec.encode(Region.json(Region.JSON.write(read)))).isEqualTo(octets);
    }
    assertThat(ValueCodec.encode(JSON.numberNode(-0.0)).hex()).isEqualTo("00");
    assertThat(ValueCodec.encode(JSON.numberNode(0.1)).hex()).isEqualTo("c4822001");
  }

  @Test
  void numbersBeyondReasonAreRefused() {
    assertThat(NumberCodec.fault(JSON.numberNode(Double.NaN))).contains("NaN is no number in JSON");
    assertThat(NumberCodec.fault(JSON.numberNode(Float.NEGATIVE_INFINITY)))
        .contains("-Infinity is no number in JSON");
    assertThat(NumberCodec.fault(Region.json("1e10000")))
        .contains("a number beyond 10^9999 or its inverse");
    assertThat(NumberCodec.fault(Region.json("1e-1000000000"))).isPresent();
    assertThat(NumberCodec.fault(Region.json("0e1000000000"))).isEmpty();
    assertThat(ValueCodec.encode(Region.json("0e1000000000")).hex()).isEqualTo("00");
    assertThat(NumberCodec.fault(Region.json("1" + "0".repeat(1_000))))
        .contains("a number of 1001 digits, 1000 at most");
    assertThat(NumberCodec.fault(Region.json("-" + "9".repeat(1_000)))).isEmpty();
  }

  /** Any octets are a value that is written as it was read, or are not read. */
  @Test
  void anyOctetsAreReadInOneFormOnly() {
    var random = new SplittableRandom(4);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(7)];
      random.nextBytes(bytes);
      Octets octets = Octets.wrap(bytes);
      var value = ValueCodec.element(octets);
      if (value.isPresent()) {
        read++;
        assertThat(ValueCodec.encode(value.get())).isEqualTo(octets);
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }
}
