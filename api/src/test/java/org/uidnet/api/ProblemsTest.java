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

/** Errors, down to their text. */
class ProblemsTest {
  private static final String JSON = "Content-Type: application/json";

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
  void unknownPath_is404() throws IOException {
    var reply = server.get(0, "/v1/nothing");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    assertThat(reply.body())
        .isEqualTo(
            "{\"type\":\"/problems/no-such-path\",\"title\":\"No such path\",\"status\":404,"
                + "\"detail\":\"There is nothing at /v1/nothing.\"}");
  }

  @Test
  void wrongMethod_is405WithAllow() throws IOException {
    var get = server.unix(0, "DELETE", "/v1/usage/summary");
    var post = server.get(0, "/v1/usage/poll");

    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("Allow")).contains("GET, HEAD");
    assertThat(get.detail()).isEqualTo("/v1/usage/summary does not take DELETE, but GET, HEAD.");
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.header("Allow")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /v1/health?x=1                       | x          | Unknown parameter 'x'; there are none here.
          /v1/usage/truth?uid=1                | uid        | Unknown parameter 'uid'; known are default, from, metered, network, radio, roaming, to, type.
          /v1/usage/summary?from=              | from       | Parameter 'from' is empty.
          /v1/usage/summary?from=1&from=2      | from       | Parameter 'from' is given more than once.
          /v1/usage/summary?from=2000&to=1000  | from       | 'from' (1970-01-01T00:00:02Z) is after 'to' (1970-01-01T00:00:01Z).
          /v1/usage/summary?to=soon            | to         | 'soon' is not a time; write 2026-03-01T12:00:00Z (in a URL, %2B for the + of a zone), milliseconds since 1970, now, or -7d (units s m h d w mo y).
          /v1/usage/summary?uid=ann            | uid        | 'ann' is no UID; write numbers from 0 to 4294967294, ranges as 1000-1999, self or removed, parted by commas.
          /v1/usage/summary?uid=4294967295     | uid        | '4294967295' is no UID; write numbers from 0 to 4294967294, ranges as 1000-1999, self or removed, parted by commas.
          /v1/usage/summary?uid=5-4            | uid        | '5-4' is no UID; write numbers from 0 to 4294967294, ranges as 1000-1999, self or removed, parted by commas.
          /v1/usage/summary?uid=1,,2           | uid        | Parameter 'uid' has an empty item.
          /v1/usage/summary?by=user            | by         | 'user' is not one of day, default, iface, metered, netns, network, roaming, set, tag, type, uid.
          /v1/usage/since-boot?by=day          | by         | 'day' is not one of default, iface, metered, netns, network, roaming, set, tag, type, uid.
          /v1/usage/summary?set=BACK           | set        | 'BACK' is not one of DEFAULT, FOREGROUND, OVERFLOW.
          /v1/usage/summary?tag=-1             | tag        | '-1' is no tag; write 0 to 4294967295 or 0x1234.
          /v1/usage/summary?metered=yes        | metered    | 'yes' is not one of false, true.
          /v1/usage/summary?limit=0            | limit      | 'limit' is a number from 1 to 100000.
          /v1/usage/summary?cursor=abc         | cursor     | Not a cursor of ours; take 'nextCursor' of the last page.
          /v1/usage/history?resolution=2h      | resolution | '2h' is not one of 1d, 1h, 1mo, 5m.
          """)
  void badParameter_is400NamingIt(String target, String field, String detail) throws IOException {
    var reply = server.get(0, target);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("field").asText()).isEqualTo(field);
    assertThat(reply.detail()).isEqualTo(detail);
    assertThat(server.usage.summaries).isEmpty();
  }

  @Test
  void badEncoding_is400() throws IOException {
    assertThat(server.get(0, "/v1/usage/summary?iface=%ff").detail())
        .isEqualTo("The URL's parameters are not well encoded as UTF-8.");
  }

  @Test
  void badPath_is400() throws IOException {
    for (String name : new String[] {"%ff", "%2e%2e", "a%00"}) {
      assertThat(server.get(0, "/v1/interfaces/" + name).status()).as(name).isEqualTo(400);
    }
  }

  @Test
  void malformedRequest_isAProblemToo() throws IOException {
    var reply = server.unix(0, "BAD REQUEST", "/");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(reply.detail())
        .isEqualTo("The request is not valid HTTP or breaks a limit of this server.");
  }

  @Test
  void body_ofAnotherType_is415() throws IOException {
    var text = server.unix(0, "POST", "/v1/usage/poll", "Content-Type: text/plain", body("{}"));
    var none = server.unix(0, "POST", "/v1/usage/poll", body("{}"));

    assertThat(text.status()).isEqualTo(415);
    assertThat(none.status()).isEqualTo(415);
    assertThat(text.detail())
        .isEqualTo("Send the body as JSON, with Content-Type: application/json.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}       | 200 |
          {"a":1}  | 400 | Unknown field 'a'.
          {        | 400 | The body is not JSON at line 1, column 3.
          []       | 400 | Wrong type or value at line 1, column 1.
          {} x     | 400 | The body is not JSON at line 1, column 4.
          """)
  void body_isReadStrictly(String json, int status, String detail) throws IOException {
    var reply =
        server.unix(0, "POST", "/v1/usage/poll", JSON + "; charset=utf-8", body(json + " "));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("detail").asText(null)).isEqualTo(detail);
  }

  @Test
  void body_tooLong_is413() throws IOException {
    String announced = "Content-Length: " + ((1 << 20) + 1);
    String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
    String chunked =
        "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(1025).strip() + "\r\n0\r\n";

    var byLength = server.unix(0, "POST", "/v1/usage/poll", JSON, announced);
    var byReading = server.unix(0, "POST", "/v1/usage/poll", JSON, chunked);

    assertThat(byLength.status()).isEqualTo(413);
    assertThat(byLength.detail()).isEqualTo("The body is longer than 1048576 bytes.");
    assertThat(byReading.status()).isEqualTo(413);
  }

  @Test
  void historyUnavailable_is503_withReasonForAdminsOnly() throws IOException {
    server.usage.fail(FakeUsage.locked());

    var root = server.get(0, "/v1/usage/summary");
    var other = server.get(1234, "/v1/usage/summary?uid=self");

    assertThat(root.status()).isEqualTo(503);
    assertThat(root.detail()).isEqualTo("cannot open /state/history.mv.db: locked by process 7");
    assertThat(other.status()).isEqualTo(503);
    assertThat(other.detail())
        .isEqualTo("The history cannot be used now; the log of uidnet says why.");
  }

  @Test
  void fault_is500_withoutInternals() throws IOException {
    server.usage.fail(new IllegalStateException("secret /etc/shadow"));

    var reply = server.get(0, "/v1/usage/summary");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body())
        .isEqualTo(
            "{\"type\":\"/problems/internal-error\",\"title\":\"A fault of uidnet\",\"status\":500,"
                + "\"detail\":\"uidnet failed to answer; its log says why.\"}");
  }

  @Test
  void everyAnswer_hasSecurityHeaders() throws IOException {
    for (String target : new String[] {"/v1/health", "/v1/nothing"}) {
      var reply = server.get(0, target);

      assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(reply.header("Cache-Control")).contains("no-store");
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'none'; frame-ancestors 'none'");
      assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
      assertThat(reply.header("Cross-Origin-Resource-Policy")).contains("same-origin");
      assertThat(reply.header("Server")).isEmpty();
    }
  }

  private static String body(String text) {
    return "Content-Length: " + text.length() + "\r\n\r\n" + text;
  }
}
