package dev.holdfast.bpv7.eid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Parsed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EidPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*:**; ipn:1.2; true",
        "*:**; dtn:none; true",
        "ipn:**; ipn:7.8.9; true",
        "ipn:**; dtn://n/x; false",
        "ipn:**; ipn:0.0; false",
        "ipn:3.*; ipn:3.42; true",
        "ipn:3.*; ipn:4.42; false",
        "ipn:3.*; ipn:1.3.42; false",
        "ipn:1.3.*; ipn:1.3.42; true",
        "ipn:*.*; ipn:0.5; false",
        "ipn:*.3.[1-4]; ipn:9.3.4; true",
        "ipn:*.3.[1-4]; ipn:9.3.5; false",
        "ipn:[1-3,20].0; ipn:20.0; true",
        "ipn:[1-3,20].0; ipn:4.0; false",
        "ipn:!.*; ipn:!.7; true",
        "ipn:3.42; ipn:3.42; true",
        "ipn:3.42; ipn:3.43; false",
        "dtn:none; dtn:none; true",
        "dtn:none; ipn:0.0; true",
        "dtn:**; dtn://a/b; true",
        "dtn://**; dtn://a/b; true",
        "dtn:**; dtn:none; false",
        "dtn://a/**; dtn://a/; true",
        "dtn://a/**; dtn://a/b/c; true",
        "dtn://a/**; dtn://b/b; false",
        "dtn://a/in/*; dtn://a/in/x; true",
        "dtn://a/in/*; dtn://a/in/x/y; false",
        "dtn://**/in; dtn://z/in; true",
        "dtn://**/in; dtn://z/inn; false",
        "dtn://a/x; dtn://a/x; true",
        "ipn:3.*|dtn://a/**; dtn://a/q; true",
        "ipn:3.*|dtn://a/**; ipn:4.1; false",
      })
  void aPatternMatchesWhatItNames(String pattern, String eid, boolean matches) {
    EidPattern parsed = EidPattern.parse(pattern).orElseThrow();
    assertThat(parsed).hasToString(pattern);
    assertThat(parsed.matches(Eids.parse(eid).orElseThrow())).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 0",
        "ipn:; 4",
        "ipn:1; 4",
        "ipn:1.2.3.4; 4",
        "ipn:x.1; 4",
        "ipn:[1.2; 6",
        "ipn:[5-1].2; 5",
        "ipn:[].2; 5",
        "ipn:[1,].2; 7",
        "dtn://*x/**; 6",
        "dtn://a; 7",
        "dtn://a/*b; 8",
        "mailto:x; 0",
        "ipn:3.*|; 8",
        "ipn:3.*|ipn:q.1; 12",
      })
  void whatIsNoneIsRefusedAtItsCharacter(String pattern, long offset) {
    assertThat(EidPattern.parse(pattern))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.offset()).isEqualTo(offset));
  }

  @org.junit.jupiter.api.Test
  void exactlyMatchesOneEndpointInEitherForm() {
    EidPattern pattern = EidPattern.exactly(new IpnEid(1, 2, 3, true));
    assertThat(pattern.matches(new IpnEid(1, 2, 3, false))).isTrue();
    assertThat(pattern.matches(new IpnEid(1, 2, 4, true))).isFalse();
  }
}
