package dev.holdfast.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4556,127.0.0.1,4556,true",
    "[::1]:80,::1,80,true",
    "relay.example:1,relay.example,1,false",
    "localhost:0,localhost,0,true",
    "0.0.0.0:9,0.0.0.0,9,false"
  })
  void readsAddresses(String text, String host, int port, boolean loopback) {
    HostPort address = HostPort.parse(text);
    assertThat(address).isEqualTo(new HostPort(host, port));
    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4556",
        "host",
        "host:",
        ":1",
        "::1:80",
        "a b:1",
        "host:70000",
        "host:123456",
        "http://host:1"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
  }
}
