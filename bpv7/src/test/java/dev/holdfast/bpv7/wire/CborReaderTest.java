package dev.holdfast.bpv7.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.CborReader.Form;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborReaderTest {
  @ParameterizedTest
  @CsvSource({
    "00,0",
    "17,23",
    "1818,24",
    "18ff,255",
    "190100,256",
    "19ffff,65535",
    "1a00010000,65536",
    "1affffffff,4294967295",
    "1b0000000100000000,4294967296",
    "1bffffffffffffffff,18446744073709551615"
  })
  void unsignedIntegersInShortestForm(String hex, String value) {
    assertThat(Long.toUnsignedString(reader(hex).unsigned())).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1817,0",
    "1900ff,0",
    "1a0000ffff,0",
    "1b00000000ffffffff,0",
    "580100,0",
    "9800,0",
    "7800,0"
  })
  void widerHeadsAreRefusedUnlessAllowed(String hex, int offset) {
    assertFault(hex, r -> r.item(4), offset, "RFC 8949 §4.2.1", "wider than its value needs");
    CborReader any = new CborReader(Octets.ofHex(hex), Form.ANY_WIDTH);
    assertThat(any.item(4).hex()).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"1c", "1d", "1e", "fc", "ff", "f818", "f8"})
  void whatIsNotWellFormedIsRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).item(4)).isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @CsvSource({"5f4100ff", "7f6161ff", "9f00ff", "bf0000ff"})
  void indefiniteItemsAreRefused(String hex) {
    assertFault(hex, r -> r.item(4), 0, "RFC 8949 §3", "indefinite");
  }

  @ParameterizedTest
  @CsvSource({
    "18,2",
    "1901,3",
    "1b00,9",
    "43,4",
    "4301,4",
    "5a7fffffff,2147483652",
    "830102,4",
    "'',1"
  })
  void theEndOfTheInputTellsHowMuchIsNeeded(String hex, long needed) {
    assertThatThrownBy(() -> reader(hex).item(4))
        .asInstanceOf(InstanceOfAssertFactories.type(WireException.class))
        .satisfies(fault -> assertThat(fault.isTruncated()).isTrue())
        .satisfies(fault -> assertThat(fault.needed()).isEqualTo(needed));
  }

  @Test
  void lengthsBeyondReasonAreFaultsNotRequestsForMore() {
    assertFault("5bffffffffffffffff", CborReader::bytes, 0, "RFC 8949 §3", "beyond all reason");
    assertFault("9bffffffffffffffff", CborReader::array, 0, "RFC 8949 §3", "beyond all reason");
    assertFault("bb0000000100000000", CborReader::map, 0, "RFC 8949 §3", "beyond all reason");
    assertThat(reader("5bffffffffffffffff").bytesHead()).isEqualTo(-1L);
  }

  @Test
  void nestingIsBounded() {
    String deep = "81".repeat(5) + "00";
    assertThat(reader(deep).item(5).hex()).isEqualTo(deep);
    assertFault(deep, r -> r.item(4), 4, "RFC 8949 §3", "nest too deep");
    assertFault("c1c100", r -> r.item(1), 1, "RFC 8949 §3", "nest too deep");
  }

  @Test
  void mapKeysAreInOrderAndUnique() {
    assertThat(reader("a3000101020a03").item(2).size()).isEqualTo(7);
    assertFault("a201000000", r -> r.item(2), 3, "RFC 8949 §4.2.1", "out of order");
    assertFault("a200010001", r -> r.item(2), 3, "RFC 8949 §4.2.1", "stand twice");
  }

  @ParameterizedTest
  @CsvSource({
    "f90000,0.0",
    "f93c00,1.0",
    "f97c00,Infinity",
    "f97e00,NaN",
    "fa47c35000,100000.0",
    "fb3ff199999999999a,1.1",
    "f9c400,-4.0"
  })
  void floatingPointNumbersInShortestForm(String hex, double value) {
    assertThat(Double.compare(reader(hex).number(), value)).isZero();
    assertThat(new CborWriter(9).number(value).finish().hex()).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"fa3f800000", "fb3ff0000000000000", "fa7fc00000", "f97e01", "fb40f86a0000000000"})
  void widerFloatingPointNumbersAreRefused(String hex) {
    assertFault(hex, CborReader::number, 0, "RFC 8949 §4.2.1", "shortest form");
  }

  @Test
  void textIsValidUtf8AndBounded() {
    assertThat(reader("63e282ac").text(3)).isEqualTo("€");
    assertFault("62c328", r -> r.text(10), 0, "RFC 8949 §3.1", "UTF-8");
    assertFault("6161", r -> r.text(0), 0, "RFC 8949 §3", "more than 0");
  }

  @Test
  void signedIntegers() {
    assertThat(reader("20").integer()).isEqualTo(-1);
    assertThat(reader("3b7fffffffffffffff").integer()).isEqualTo(Long.MIN_VALUE);
    assertThat(reader("1b7fffffffffffffff").integer()).isEqualTo(Long.MAX_VALUE);
    assertFault("1b8000000000000000", CborReader::integer, 0, "RFC 8949 §3", "64 bits");
    assertFault("3b8000000000000000", CborReader::integer, 0, "RFC 8949 §3", "64 bits");
  }

  @Test
  void faultsWithinAnEmbeddedItemKeepTheOffsetOfTheWhole() {
    CborReader inner = reader("824100420001").in("RFC 9171 §4.4");
    inner.array(2);
    assertThat(inner.bytes().hex()).isEqualTo("00");
    CborReader embedded = inner.embedded();
    assertThat(inner.atEnd()).isTrue();
    assertThat(embedded.offset()).isEqualTo(4);
    assertThat(embedded.unsigned()).isZero();
    assertThatThrownBy(embedded::expectEnd)
        .hasMessage("offset 5, RFC 9171 §4.4: 1 bytes follow the last item");
  }

  @Test
  void theMessageSaysWhatIsDueAndWhatIsThere() {
    assertFault(
        "6161", CborReader::unsigned, 0, "RFC 8949 §3", "an unsigned integer is due, not a text");
    assertFault("00", CborReader::bool, 0, "RFC 8949 §3", "a boolean is due");
    assertFault(
        "8200",
        r -> {
          r.array(3);
          return r;
        },
        0,
        "RFC 8949 §3",
        "3 items is due, not of 2");
  }

  private static CborReader reader(String hex) {
    return new CborReader(Octets.ofHex(hex));
  }

  private static void assertFault(
      String hex, Function<CborReader, ?> read, long offset, String section, String reason) {
    assertThatThrownBy(() -> read.apply(reader(hex)))
        .asInstanceOf(InstanceOfAssertFactories.type(WireException.class))
        .satisfies(fault -> assertThat(fault.isTruncated()).isFalse())
        .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset))
        .satisfies(fault -> assertThat(fault.section()).isEqualTo(section))
        .satisfies(fault -> assertThat(fault.reason()).contains(reason));
  }
}
