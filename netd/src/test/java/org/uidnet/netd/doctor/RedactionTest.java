package org.uidnet.netd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.doctor.Redaction.Kind;
import org.uidnet.netd.doctor.Redaction.Known;

class RedactionTest {
  private static final String TOKEN = "q9_Zr4kT-mB1xWc7LpVd0sYhNfGu2EaJ8oRi5KvXt3C";

  private final Redaction redaction =
      redaction(
          "salt",
          new Known(Kind.USER, "alice"),
          new Known(Kind.USER, "bo"),
          new Known(Kind.HOST, "kitchen"),
          new Known(Kind.NETWORK, "Alice's \"5 GHz\" été"),
          new Known(Kind.HOME, "/srv/people/a"));

  private static Redaction redaction(String salt, Known... known) {
    return new Redaction(salt.getBytes(StandardCharsets.US_ASCII), List.of(known));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for ALICE now                | for user-X now",
        "/run/alice2/x                | /run/user-X2/x",
        "bo and bonus                 | user-X and bonus",
        "kitchen.lan is up            | host-X.lan is up",
        "on Alice's \"5 GHz\" été!    | on network-X!",
        "to /home/carol/x.db: full    | to home-X: full",
        "to /srv/people/a/x.db: full  | to home-X: full",
        "mail carol.x@example.org now | mail mail-X now",
        "from 192.168.0.17:443        | from ipv4-X:443",
        "from [fe80::1%3]             | from [ipv6-X%3]",
        "from 2001:db8::ff00:42:8329  | from ipv6-X",
        "from ::ffff:10.0.0.1,        | from ipv6-X,",
        "1:2:3:4:5:6:7:8              | ipv6-X",
        "at 00:1A:2b:3c:4d:5e         | at mac-X",
        "Authorization: Bearer abcd.efgh-1 | Authorization: Bearer secret-X",
        "password: \"hunter2\"        | password: secret-X\"",
        "postgres://al:pw@db/x        | postgres://secret-X/x",
        "postgresql://al@db.lan/x?a=b | postgresql://secret-X/x?a=b",
        "--export-host berlin-7       | --export-host secret-X",
        "export-host: berlin-7        | export-host: secret-X",
        "token=abc                    | token=secret-X",
        TOKEN + "                     | secret-X",
      })
  void apply_whatTellsOfSomebody_isReplaced(String text, String expected) {
    assertThat(redaction.apply(text).replaceAll("-[0-9a-f]{6}", "-X")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-28T18:07:43.123+01:00 slots 12 of 65536",
        "listens on 127.0.0.1:8477, [::1]:8477, 0.0.0.0",
        "Linux 6.18.5-amd64, Java 17.0.13+11, Foo::bar",
        "0::/system.slice",
        "d41548263b4ea1a2b3c4d5e6f708192a3b4c5d6e",
        "uidnet_map_entries{map=\"slots\"} 5.0",
      })
  void apply_whatTellsOfNobody_stays(String text) {
    assertThat(redaction.apply(text)).isEqualTo(text);
  }

  @Test
  void apply_equalThings_haveEqualWords() {
    String two = redaction.apply("alice Alice bo");

    assertThat(two.split(" ")[0]).isEqualTo(two.split(" ")[1]).isNotEqualTo(two.split(" ")[2]);
  }

  @Test
  void apply_anotherSalt_hasOtherWords() {
    Redaction other = redaction("other", new Known(Kind.USER, "alice"));

    assertThat(other.apply("alice")).isNotEqualTo(redaction.apply("alice"));
  }

  @Test
  void apply_document_alsoNamesOfFields() {
    JsonNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("alice", 7)
            .set("list", JsonNodeFactory.instance.arrayNode().add("Alice's \"5 GHz\" été"));

    assertThat(redaction.apply(document).toString().replaceAll("-[0-9a-f]{6}", "-X"))
        .isEqualTo("{\"user-X\":7,\"list\":[\"network-X\"]}");
  }

  @Test
  @Timeout(30)
  void apply_thousandsOfUsers_isQuick() {
    List<Known> users =
        IntStream.range(0, 5000).mapToObj(i -> new Known(Kind.USER, "person" + i * 7919)).toList();
    String text = "level=WARN msg=\"a line of a log, as there are many\"\n".repeat(300);
    Redaction many = new Redaction(new byte[] {1}, users);

    assertThat(many.apply(text)).isEqualTo(text);
  }
}
