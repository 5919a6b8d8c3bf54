package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.OptionalLong;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Requests: whatever bytes come over the unix socket or TCP, the answer is one that the OpenAPI
 * document tells of, and never that the server failed.
 *
 * <p>An input is {@code unix} or {@code tcp}, the end of that line, and what is sent. In it
 * {@code @HOST} stands for where the server listens and {@code @TOKEN} for the admin's.
 */
class RequestFuzzTest extends FuzzContract {
  private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

  /** Fakes remember every call. */
  private static final int REQUESTS_OF_A_SERVER = 5000;

  private static final String STREAM = "text/event-stream";

  private static TestServer server;
  private static int requests;

  RequestFuzzTest() {
    super("request", 400, RequestFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    restartNowAndThen();
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    if (end > 0) {
      boolean tcp = text.startsWith("tcp");
      String request =
          text.substring(end + 1)
              .replace("@HOST", server.http().toString())
              .replace("@TOKEN", server.token());
      check(request, answer(tcp, request));
    }
  }

  private static void restartNowAndThen() throws IOException {
    if (requests++ % REQUESTS_OF_A_SERVER == 0) {
      if (server != null) {
        server.close();
      }
      server = new TestServer(Files.createTempDirectory("uidnet-fuzz"), TestServer.UNLIMITED);
      server.peer = OptionalLong.of(0);
    }
  }

  /** Up to the end, which we ask for, or to the head of what has none. */
  private static String answer(boolean tcp, String request) {
    try (SocketChannel channel = tcp ? server.connect() : server.connectUnix()) {
      write(channel, request);
      InputStream in = Channels.newInputStream(channel);
      StringBuilder seen = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        seen.append((char) next);
        if (next == '\n' && seen.indexOf(STREAM) >= 0) {
          break;
        }
      }
      return new String(
          seen.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server may answer and close before it has read all; what it said is still there. */
  private static void write(SocketChannel channel, String request) {
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.shutdownOutput();
    } catch (IOException e) {
      // told by what it said
    }
  }

  private static void check(String request, String answer) {
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return; // no whole request, or a stream
    }
    HttpText.Reply reply =
        new HttpText.Reply(
            Integer.parseInt(answer.substring(9, 12)),
            answer.substring(0, end),
            answer.substring(end + 4));
    assertThat(reply.status())
        .as(answer)
        .satisfiesAnyOf(
            status -> assertThat(status).isBetween(200, 499),
            status -> assertThat(status).isEqualTo(HTTP_VERSION_NOT_SUPPORTED));
    if (reply.header("Transfer-Encoding").isEmpty()) {
      String[] line = request.stripLeading().split("[\r\n]", 2)[0].split(" ");
      AnswerCheck.check(line[0], reply.status() < 300 ? path(line[1]) : "", reply);
    }
  }

  /** As the document writes it; a slash within a name stays as it was written. */
  private static String path(String target) {
    String path = target.replaceAll("\\?.*", "").replace("+", "%2B").replaceAll("%2[fF]", "%252F");
    return URLDecoder.decode(path, StandardCharsets.UTF_8);
  }
}
