package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8477", "localhost:0", "[::1]:65535", "127.9.9.9:1"})
  void parse_takesLoopback(String text) {
    assertThat(HostPort.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:8477",
        "192.168.1.1:80",
        "example.org:80",
        "[::]:80",
        ":80",
        "127.0.0.1.evil:80",
        "127.0.0.256:80"
      })
  void parse_refusesOtherAddresses_namingTheReverseProxy(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("uidnet listens on loopback only, not on '")
        .hasMessageEndingWith(
            "': use 127.0.0.1 or [::1]. To reach it from elsewhere put a reverse proxy with TLS"
                + " in front of it that passes on Authorization and sets Host to this address");
  }

  /** A resolver could name any address, and none must be asked: not for localhost either. */
  @ParameterizedTest
  @CsvSource({"localhost:1, 127.0.0.1", "127.9.255.9:1, 127.9.255.9", "[::1]:1, 0:0:0:0:0:0:0:1"})
  void address_isOfLoopback_withoutAResolver(String text, String address) {
    InetAddress found = HostPort.parse(text).address().getAddress();

    assertThat(found.isLoopbackAddress()).isTrue();
    assertThat(found.getHostAddress()).isEqualTo(address);
  }

  @Test
  void parse_refusesNoPort() {
    assertThatThrownBy(() -> HostPort.parse("127.0.0.1"))
        .hasMessage("'127.0.0.1' is not HOST:PORT; write 127.0.0.1:8477 or [::1]:8477");
    assertThatThrownBy(() -> HostPort.parse("127.0.0.1:65536"))
        .hasMessage("65536 is not a port; ports end at 65535");
  }
}
