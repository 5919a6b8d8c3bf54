package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnRuleEndpointsTest {
  private static final String DOCUMENT =
      "{\"timeZone\":\"Europe/Berlin\",\"rules\":["
          + "{\"line\":3,\"name\":\"homework\",\"deny\":[{\"name\":\"@kids\",\"uids\":\"1001 1004-1006\"}],"
          + "\"when\":{\"screenOn\":true,\"metered\":false,\"network\":\"home*\","
          + "\"time\":\"14:00-16:30\",\"days\":\"mon,tue,fri\"}},"
          + "{\"line\":4,\"allow\":[1000,\"2000-2003\"],\"when\":{\"foreground\":true,\"quota\":\"m\"}},"
          + "{\"line\":5,\"deny\":[\"all\"]}],"
          + "\"profiles\":[{\"name\":\"office\",\"when\":{\"vpn\":true},\"rules\":["
          + "{\"line\":9,\"allow\":[\"all\"]}]}]}";

  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void document_isReadAsItWasWritten() throws IOException {
    assertThat(server.send("PUT", "/v1/rules", DOCUMENT).status()).isEqualTo(200);
    assertThat(server.get(0, "/v1/rules").body()).isEqualTo(DOCUMENT);
  }

  @Test
  void lines_thatNobodyTells_areCounted() throws IOException {
    String json = "{\"rules\":[{\"deny\":[1000]},{\"deny\":[1001]}]}";
    assertThat(server.send("PUT", "/v1/rules", json).status()).isEqualTo(200);
    assertThat(server.get(0, "/v1/rules").body())
        .contains("{\"line\":1,\"deny\":[1000]}", "{\"line\":2,\"deny\":[1001]}");
  }

  @Test
  void days_mayPassTheWeek() throws IOException {
    String json = "{\"rules\":[{\"deny\":[1000],\"when\":{\"days\":\"sat-mon\"}}]}";
    assertThat(server.send("PUT", "/v1/rules", json).status()).isEqualTo(200);
    assertThat(server.get(0, "/v1/rules").body())
        .contains("\"time\":\"00:00-00:00\",\"days\":\"mon,sat,sun\"");
  }

  @Test
  void decisions_nameTheRule() throws IOException {
    server.send("PUT", "/v1/rules", DOCUMENT);
    assertThat(server.get(0, "/v1/rules/decisions").body())
        .startsWith(
            "{\"profiles\":[\"office\"],\"holding\":[\"rule in line 9\",\"rule 'homework', line 3\"")
        .contains("{\"uid\":1004,\"denied\":true,\"by\":\"rule 'homework', line 3\"}")
        .endsWith("\"others\":{\"denied\":true,\"by\":\"rule in line 5\"}}");
  }

  @Test
  void dryRun_tellsWhatWouldChange_andChangesNothing() throws IOException {
    String json = "{\"rules\":[{\"line\":1,\"deny\":[1002]}]}";
    assertThat(server.send("POST", "/v1/rules/dry-run", json).body())
        .isEqualTo(
            "{\"changes\":[{\"uid\":1002,\"deniedBefore\":false,\"denied\":true,"
                + "\"after\":\"rule in line 1\"}]}");
    assertThat(server.firewall.changes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"profiles":[]}                                           | Field 'rules' is missing
          {"rules":[{"line":7}]}                                    | rule in line 7 needs one of 'allow' and 'deny'
          {"rules":[{"allow":[1],"deny":[2]}]}                      | needs one of 'allow' and 'deny'
          {"rules":[{"deny":["alice"]}]}                            | names somebody by neither a UID
          {"rules":[{"deny":[true]}]}                               | names somebody by neither a UID
          {"rules":[{"deny":[{"name":"all","uids":"7"}]}]}          | calls somebody 'all'
          {"rules":[null]}                                          | 'rules' has an item that is null
          {"rules":[],"profiles":[null]}                            | 'profiles' has an item that is null
          {"rules":[{"deny":["0-4294967294"]}]}                     | more than 65536 UIDs
          {"rules":[{"deny":[1],"when":{"time":"25:00-26:00"}}]}    | has a time that is none
          {"rules":[{"deny":[1],"when":{"time":"8-9"}}]}            | has a time that is none
          {"rules":[{"deny":[1],"when":{"days":"monday"}}]}         | has a day that is none
          {"rules":[{"deny":[1],"when":{"screen":true}}]}           | Unknown field
          {"rules":[{"deny":[1],"when":{"screenOn":"off"}}]}        | Wrong type
          {"timeZone":"Moon","rules":[]}                            | is no time zone
          {"rules":[],"profiles":[{"rules":[{"line":2}]},{"rules":[{"line":5,"deny":[""]}]}]} | line 2 needs one of 'allow' and 'deny'; rule in line 5 names
          """)
  void mistakes_areRefused_andNothingChanges(String json, String why) throws IOException {
    var answer = server.send("PUT", "/v1/rules", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(why);
    assertThat(server.firewall.changes).isEmpty();
  }
}
