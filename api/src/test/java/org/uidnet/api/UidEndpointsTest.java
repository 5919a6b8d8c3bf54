package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.ErrnoException;

/** The routes about single UIDs over fakes: what arrives there, what goes back, who may. */
class UidEndpointsTest {
  private static final String OPERATIONS = "/v1/uids/1234/operations";

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
  void operations_areCounted() throws IOException {
    var own = server.send(1234, "POST", "/v1/uids/self/operations", "{\"tag\":4097,\"count\":3}");
    assertThat(own.body())
        .isEqualTo(
            "{\"changed\":true,\"at\":\"2026-03-01T12:00:05.123Z\","
                + "\"destroyedSockets\":0,\"problems\":[]}");
    var none = server.send("POST", OPERATIONS, "{\"tag\":4294967295,\"count\":0}");
    assertThat(none.json().path("changed").asBoolean()).isFalse();
    assertThat(server.usage.operations).containsExactly("1234 4097 3", "1234 4294967295 0");
  }

  @Test
  void operations_ofAnotherUid_needThePermission() throws IOException {
    var reply = server.send(1000, "POST", OPERATIONS, "{\"tag\":4097,\"count\":3}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().path("errno").asText()).isEqualTo("EPERM");
    assertThat(reply.detail()).contains("UID 1000", "own operations", "updateDeviceStats");
    assertThat(server.usage.operations).isEmpty();

    server.send("PUT", "/v1/uids/1000/permissions", "{\"updateDeviceStats\":true}");
    assertThat(server.send(1000, "POST", OPERATIONS, "{\"tag\":4097,\"count\":3}").status())
        .isEqualTo(200);
    assertThat(server.usage.operations).containsExactly("1234 4097 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"tag":0,"count":1}            | tag   | EINVAL
          {"tag":-1,"count":1}           | tag   | EINVAL
          {"tag":4294967296,"count":1}   | tag   | EINVAL
          {"tag":1,"count":-1}           | count | EINVAL
          {"tag":1,"count":2147483648}   | count | ``
          {"tag":1}                      | count | ``
          {"count":1}                    | tag   | ``
          {"tag":1,"count":1,"set":1}    | set   | ``
          {"tag":"1","count":1}          | tag   | ``
          """)
  void operations_thatAreNone_areRefused(String json, String field, String errno)
      throws IOException {
    var reply = server.send("POST", OPERATIONS, json);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().path("field").asText()).isEqualTo(field);
    assertThat(reply.json().path("errno").asText()).isEqualTo(errno);
    assertThat(server.usage.operations).isEmpty();
  }

  @Test
  void whatThereIsNoRoomFor_isRefused() throws IOException {
    server.usage.fail(new ErrnoException("EMFILE", "UID 1234 uses 1000 other tags already"));
    var reply = server.send("POST", OPERATIONS, "{\"tag\":1,\"count\":1}");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("errno").asText()).isEqualTo("EMFILE");
    assertThat(reply.detail()).isEqualTo("UID 1234 uses 1000 other tags already");
  }

  @Test
  void uid_isWrittenAsTheContractSays() throws IOException {
    server.usage.foreground.add(1000L);
    assertThat(server.get(1000, "/v1/uids/self").body())
        .isEqualTo(
            "{\"uid\":1000,\"name\":\"ann\",\"set\":\"FOREGROUND\",\"counters\":3,"
                + "\"permissions\":{\"internet\":true,\"updateDeviceStats\":false,"
                + "\"useRestrictedNetworks\":false},"
                + "\"capabilities\":[],\"idle\":false,\"policy\":\"NONE\","
                + "\"restrictBackground\":\"DISABLED\","
                + "\"blocked\":true,\"reasons\":[\"DOZE\"],\"meteredReasons\":[\"DOZE\"]}");
    server.send("PUT", "/v1/uids/7/permissions", "{\"internet\":false,\"updateDeviceStats\":true}");
    assertThat(server.get(0, "/v1/uids/7").body())
        .isEqualTo(
            "{\"uid\":7,\"set\":\"DEFAULT\",\"counters\":0,"
                + "\"permissions\":{\"internet\":false,\"updateDeviceStats\":true,"
                + "\"useRestrictedNetworks\":false},"
                + "\"capabilities\":[],\"idle\":false,\"policy\":\"NONE\","
                + "\"restrictBackground\":\"DISABLED\","
                + "\"blocked\":false,\"reasons\":[],\"meteredReasons\":[]}");
  }

  @Test
  void uids_areThoseThatAreCountedOrNamed_inPages() throws IOException {
    server.usage.foreground.add(5L);
    assertThat(uids("/v1/uids")).containsExactly("5", "1000", "1001");
    assertThat(uids("/v1/uids?name=ann")).containsExactly("1000");
    assertThat(uids("/v1/uids?name=an")).isEmpty();
    String cursor = server.get(0, "/v1/uids?limit=2").json().path("nextCursor").asText();
    assertThat(uids("/v1/uids?limit=2&cursor=" + cursor)).containsExactly("1001");
  }

  private List<String> uids(String target) throws IOException {
    return server.get(0, target).json().path("uids").findValuesAsText("uid");
  }

  @Test
  void removal_isOfTagsFiguresAndRules() throws IOException {
    var reply = server.unix(0, "DELETE", "/v1/usage/uids/1000");
    assertThat(reply.body())
        .isEqualTo(
            "{\"changed\":true,\"at\":\"2026-03-01T12:00:05Z\",\"destroyedSockets\":2,"
                + "\"problems\":[]}");
    assertThat(server.tags.calls).containsExactly("forget 1000");
    assertThat(server.usage.removed).containsExactly(1000L);
    assertThat(server.firewall.changes).containsExactly("remove 1000");
  }

  @Test
  void removal_ofWhatOnlyOneKnows_isAChange() throws IOException {
    assertThat(removed("1001")).isTrue(); // rules
    server.usage.foreground.add(7L);
    assertThat(removed("7")).isTrue(); // figures
    assertThat(removed("7")).isFalse();
  }

  private boolean removed(String uid) throws IOException {
    return server.unix(0, "DELETE", "/v1/usage/uids/" + uid).json().path("changed").asBoolean();
  }

  @Test
  void removal_strictly_ofWhomNobodyKnows_isAndroidsError() throws IOException {
    var reply = server.unix(0, "DELETE", "/v1/usage/uids/7?strict=true");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("errno").asText()).isEqualTo("ENOENT");
    assertThat(server.unix(0, "DELETE", "/v1/usage/uids/1000?strict=true").status()).isEqualTo(200);
  }

  /** Rules are the last to go: whoever sees the failure asks again, and until then they hold. */
  @Test
  void removal_whereHistoryCannotBeWritten_leavesTheRules() throws IOException {
    server.usage.fail(FakeUsage.locked());
    assertThat(server.unix(0, "DELETE", "/v1/usage/uids/1000").status()).isEqualTo(503);
    assertThat(server.firewall.changes).isEmpty();
  }

  @Test
  void counterSet_isSet() throws IOException {
    String set = "/v1/uids/1234/counter-set";
    assertThat(server.send("PUT", set, "{\"set\":\"FOREGROUND\"}").body())
        .isEqualTo(
            "{\"uid\":1234,\"set\":\"FOREGROUND\",\"changed\":true,"
                + "\"at\":\"2026-03-01T12:00:05.123Z\",\"destroyedSockets\":0,\"problems\":[]}");
    var again = server.send("PUT", set, "{\"set\":\"FOREGROUND\"}");
    assertThat(again.json().path("changed").asBoolean(true)).isFalse();
    assertThat(server.usage.foreground).containsExactly(1234L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"set\":\"OVERFLOW\"}", "{\"set\":\"foreground\"}", "{\"set\":1}"})
  void counterSet_thatIsNone_isRefused(String json) throws IOException {
    var reply = server.send("PUT", "/v1/uids/1234/counter-set", json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("field").asText()).isEqualTo("set");
    assertThat(server.usage.foreground).isEmpty();
  }
}
