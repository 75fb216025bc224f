package dev.holdfast.bpv7.eid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EidsTest {
  @ParameterizedTest
  @CsvSource({
    "dtn:none, 820100",
    "ipn:3.42, 82028203182a",
    "ipn:0.0, 8202820000",
    "ipn:977000.5.42, 8202821b000ee8680000000518 2a",
    "ipn:!.7, 8202821affffffff07",
    "ipn:4294967295.4294967295.18446744073709551615,"
        + " 8202821bffffffffffffffff1bffffffffffffffff",
    "dtn://nodename/svc, 82016e2f2f6e6f64656e616d652f737663",
    "dtn://n/, 8201642f2f6e2f",
    "dtn://g/~all, 8201682f2f672f7e616c6c",
  })
  void textAndBytesSayTheSame(String text, String hex) {
    String clean = hex.replace(" ", "");
    Eid eid = Eids.parse(text).orElseThrow();
    assertThat(eid).hasToString(text);
    assertThat(Eids.encode(eid).hex()).isEqualTo(clean);
    assertThat(Eids.decode(Octets.ofHex(clean)).orElseThrow()).isEqualTo(eid);
  }

  @Test
  void aThreeElementFormIsKeptAndEqualToTheTwoElementOne() {
    Octets three = Octets.ofHex("8202831a000ee86805182a");
    Octets two = Octets.ofHex("8202821b000ee86800000005182a");
    Eid eid = Eids.decode(three).orElseThrow();
    assertThat(eid).isEqualTo(Eids.decode(two).orElseThrow()).hasToString("ipn:977000.5.42");
    assertThat(Eids.encode(eid)).isEqualTo(three);
    assertThat(Eids.encode(Eids.decode(two).orElseThrow())).isEqualTo(two);
  }

  @Test
  void anUnknownSchemeIsKeptByteForByte() {
    Octets bytes = Octets.ofHex("8218638301820203f6");
    Eid eid = Eids.decode(bytes).orElseThrow();
    assertThat(eid).isEqualTo(new UnknownEid(99, Octets.ofHex("8301820203f6")));
    assertThat(Eids.encode(eid)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ipn:1, 5, RFC 9758 §5",
    "ipn:1., 6, RFC 9758 §5",
    "ipn:.1, 4, RFC 9758 §5",
    "ipn:01.1, 4, RFC 9758 §5",
    "ipn:4294967296.1, 4, RFC 9758 §5",
    "ipn:1.18446744073709551616, 6, RFC 9758 §5",
    "ipn:1.2.3.4, 9, RFC 9758 §5",
    "ipn:1.-2, 6, RFC 9758 §5",
    "ipn:!.x, 6, RFC 9758 §5",
    "ipn:1!.2, 5, RFC 9758 §5",
    "dtn:, 4, RFC 9171 §4.2.5.1.1",
    "dtn:node, 4, RFC 9171 §4.2.5.1.1",
    "dtn:///x, 6, RFC 9171 §4.2.5.1.1",
    "dtn://node, 10, RFC 9171 §4.2.5.1.1",
    "dtn://no de/x, 8, RFC 9171 §4.2.5.1.1",
    "dtn://n%4/x, 7, RFC 9171 §4.2.5.1.1",
    "dtn://n/a b, 9, RFC 9171 §4.2.5.1.1",
    "dtn://n/é, 8, RFC 9171 §4.2.5.1.1",
    "http://x/, 0, RFC 9171 §4.2.5.1",
  })
  void textThatIsNoneIsRefusedAtItsCharacter(String text, long offset, String section) {
    assertThat(Eids.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Bad.class,
            bad -> {
              assertThat(bad.offset()).isEqualTo(offset);
              assertThat(bad.section()).isEqualTo(section);
            });
  }

  @Test
  void emptyAndEndlessTextsAreRefused() {
    assertThat(Eids.parse("")).isInstanceOf(Parsed.Bad.class);
    assertThat(Eids.parse("dtn://n/" + "x".repeat(100_000))).isInstanceOf(Parsed.Bad.class);
  }

  @ParameterizedTest
  @CsvSource({
    "820101, 2", // dtn:1
    "82016161, 2", // dtn:a
    "82016c2f2f9071732d73413c3c3c3c, 2", // no UTF-8
    "820240, 2", // ipn as bytes
    "82028101, 2", // one element
    "82028401010101, 2", // four
    "8202831b000000010000000001 01, 3", // allocator beyond 32 bits
    "820283011b000000010000000001, 4", // node beyond 32 bits
    "820000, 1", // scheme 0
    "83020101, 0", // three items
    "82028203182a00, 6", // more bytes
    "8202820318, 4", // fewer bytes
    "82020c, 2",
    "820282031817, 4", // not the shortest form
  })
  void bytesThatAreNoneAreRefusedAtTheirOffset(String hex, long offset) {
    assertThat(Eids.decode(Octets.ofHex(hex.replace(" ", ""))))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.offset()).isEqualTo(offset));
  }

  @Test
  void nullEndpointsOfBothSchemes() {
    assertThat(Eids.parse("ipn:0.5").orElseThrow().isNull()).isTrue();
    assertThat(Eids.parse("ipn:1.0.5").orElseThrow().isNull()).isFalse();
    assertThat(Eids.parse("dtn:none").orElseThrow().isNull()).isTrue();
  }
}
