package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.HttpText.Reply;
import org.uidnet.programs.ErrnoException;

/** The routes of tags over fake ones: who asks for what, what goes back, what is refused. */
class TagEndpointsTest {
  private static final String TAGS = "/v1/sockets/tags";

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

  private Reply post(long uid, String json) throws IOException {
    String length = "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length;
    return server.unix(
        uid, "POST", TAGS, "Content-Type: application/json", length + "\r\n\r\n" + json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"pid":7,"fd":0,"tag":61453}                                                                     | descriptor 0 of process 7 Tag[tag=61453, chargeUid=Optional.empty]
          {"pid":7,"fd":3,"tag":4294967295,"chargeUid":4294967294}                                         | descriptor 3 of process 7 Tag[tag=4294967295, chargeUid=Optional[4294967294]]
          {"pid":7,"fd":3,"chargeUid":0}                                                                   | descriptor 3 of process 7 Tag[tag=0, chargeUid=Optional[0]]
          {"pid":7,"protocol":"tcp","local":"192.0.2.1:1","remote":"192.0.2.9:65535","tag":1}              | the TCP socket from 192.0.2.1:1 to 192.0.2.9:65535 of process 7 Tag[tag=1, chargeUid=Optional.empty]
          {"pid":7,"protocol":"udp","local":"[2001:db8::1]:53","tag":1}                                    | the UDP socket from [2001:db8:0:0:0:0:0:1]:53 to nowhere of process 7 Tag[tag=1, chargeUid=Optional.empty]
          {"pid":7,"protocol":"udp","local":"[::ffff:192.0.2.1]:53","tag":1}                               | the UDP socket from 192.0.2.1:53 to nowhere of process 7 Tag[tag=1, chargeUid=Optional.empty]
          """)
  void post_namesSocketAndTag(String json, String call) throws IOException {
    var reply = post(1234, json);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(server.tags.calls).containsExactly("Asker[uid=1234, admin=false] " + call);
  }

  @Test
  void answers_areWrittenAsTheContractSays() throws IOException {
    assertThat(post(1000, "{\"pid\":7,\"fd\":3,\"tag\":61453}").body())
        .isEqualTo(
            "{\"tagged\":true,\"changed\":true,\"cookie\":4134,\"owner\":1000,\"tag\":61453,"
                + "\"chargeUid\":1000}");
    assertThat(server.unix(1000, "DELETE", TAGS + "?pid=7&fd=3").body())
        .isEqualTo("{\"tagged\":false,\"changed\":true,\"cookie\":4134,\"owner\":1000}");
  }

  @Test
  void delete_namesTheSocketInTheQuery() throws IOException {
    server.unix(1234, "DELETE", TAGS + "?pid=7&fd=3");
    server.unix(
        1234, "DELETE", TAGS + "?pid=7&protocol=tcp&local=[::1]:5&remote=[2001:db8::1]:443");

    assertThat(server.tags.calls)
        .containsExactly(
            "Asker[uid=1234, admin=false] descriptor 3 of process 7",
            "Asker[uid=1234, admin=false] the TCP socket from [0:0:0:0:0:0:0:1]:5 to"
                + " [2001:db8:0:0:0:0:0:1]:443 of process 7");
  }

  @Test
  void delete_ofNoTag_isAnErrorOnlyIfStrict() throws IOException {
    server.tags.tagged = false;

    var lenient = server.unix(1000, "DELETE", TAGS + "?pid=7&fd=3");
    var strict = server.unix(1000, "DELETE", TAGS + "?pid=7&fd=3&strict=true");

    assertThat(lenient.json().path("changed").asBoolean(true)).isFalse();
    assertThat(strict.status()).isEqualTo(404);
    assertThat(strict.json().path("errno").asText()).isEqualTo("ENOENT");
    assertThat(strict.detail()).isEqualTo("The socket has no tag.");
  }

  @Test
  void admins_areSaidToBeAdmins() throws IOException {
    server.unix(0, "DELETE", TAGS + "?pid=7&fd=3");
    server.unix(TestServer.ADMIN_UID, "DELETE", TAGS + "?pid=7&fd=3");
    server.tcp("DELETE", TAGS + "?pid=7&fd=3", server.bearer());

    assertThat(server.tags.calls)
        .containsExactly(
            "Asker[uid=0, admin=true] descriptor 3 of process 7",
            "Asker[uid=2000, admin=true] descriptor 3 of process 7",
            "Asker[uid=0, admin=true] descriptor 3 of process 7");
  }

  @Test
  void refusal_namesTheErrno() throws IOException {
    assertThat(post(1000, "{\"pid\":404,\"fd\":3,\"tag\":1}").body())
        .isEqualTo(
            "{\"type\":\"/problems/no-such-socket\",\"title\":\"No such socket or tag\",\"status\":404,"
                + "\"detail\":\"There is no process 404.\",\"errno\":\"ESRCH\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "EPERM, 403",
    "ESRCH, 404",
    "EBADF, 404",
    "ENOENT, 404",
    "ENOTSOCK, 400",
    "EAFNOSUPPORT, 400",
    "EPROTONOSUPPORT, 400",
    "EMFILE, 409",
    "E2BIG, 409",
    "ENOTUNIQ, 409",
    "EAGAIN, 429",
    "ENOMEM, 503"
  })
  void everyErrno_hasItsStatus(String errno, int status) {
    assertThat(TagProblems.of(new ErrnoException(errno, "x")).problem().status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"fd":3,"tag":1}                                             | pid       | Field 'pid' is missing.
          {"pid":0,"fd":3,"tag":1}                                     | pid       | 'pid' is a number from 1 on.
          {"pid":4294967296,"fd":3,"tag":1}                            | pid       | Wrong type or value at line 1, column 18.
          {"pid":7,"fd":-1,"tag":1}                                    | fd        | 'fd' is a number from 0 on.
          {"pid":7,"tag":1}                                            | fd        | Name the socket by 'fd', or by 'protocol', 'local' and, if it is connected, 'remote'.
          {"pid":7,"fd":3,"local":"192.0.2.1:1","tag":1}               | fd        | Name the socket by 'fd', or by 'protocol', 'local' and 'remote'; not by both.
          {"pid":7,"protocol":"sctp","local":"192.0.2.1:1","tag":1}    | protocol  | 'sctp' is not one of tcp, udp.
          {"pid":7,"protocol":"tcp","tag":1}                           | local     | Field 'local' is missing.
          {"pid":7,"protocol":"tcp","local":"localhost:1","tag":1}     | local     | 'localhost' is no address; write it in digits, 192.0.2.1 or 2001:db8::1.
          {"pid":7,"protocol":"tcp","local":"192.0.2.1","tag":1}       | local     | '192.0.2.1' is no end; write 192.0.2.1:4711 or [2001:db8::1]:4711.
          {"pid":7,"protocol":"tcp","local":"192.0.2.1:65536","tag":1} | local     | '192.0.2.1:65536' is no end; write 192.0.2.1:4711 or [2001:db8::1]:4711.
          {"pid":7,"protocol":"tcp","local":"::1:5","tag":1}           | local     | '::1:5' is no end; write 192.0.2.1:4711 or [2001:db8::1]:4711.
          {"pid":7,"fd":3}                                             | tag       | Give 'tag', 'chargeUid' or both.
          {"pid":7,"fd":3,"tag":-1}                                    | tag       | -1 is no tag; tags are 0 to 4294967295.
          {"pid":7,"fd":3,"tag":4294967296}                            | tag       | 4294967296 is no tag; tags are 0 to 4294967295.
          {"pid":7,"fd":3,"tag":1,"chargeUid":4294967295}              | chargeUid | '4294967295' is no UID; write a number from 0 to 4294967294.
          {"pid":7,"fd":3,"tag":"1"}                                   | tag       | Wrong type or value at line 1, column 23.
          {"pid":7,"fd":3,"tag":1,"uid":5}                             | uid       | Unknown field 'uid'.
          """)
  void badField_is400AndNothingIsDone(String json, String field, String detail) throws IOException {
    var reply = post(1000, json);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo(detail);
    assertThat(reply.json().path("field").asText()).isEqualTo(field);
    assertThat(server.tags.calls).isEmpty();
  }

  @Test
  void badNumberInTheQuery_is400() throws IOException {
    assertThat(server.unix(1000, "DELETE", TAGS + "?pid=x&fd=3").detail())
        .isEqualTo("'x' is no number of a process or descriptor.");
  }
}
