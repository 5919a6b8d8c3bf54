package org.uidnet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** HTTP as text, so that tests see and send exactly what is on the wire. */
final class HttpText {
  private HttpText() {}

  record Reply(int status, String head, String body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + head + body, e);
      }
    }

    Optional<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }

    String detail() {
      return json().path("detail").asText();
    }
  }

  /** A header with an empty line in it starts the body. */
  static String request(String method, String target, String... headers) {
    var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
      text.append("Host: localhost\r\n");
    }
    text.append("Connection: close\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  static Reply send(SocketChannel channel, String text) throws IOException {
    try {
      write(channel, text);
    } catch (IOException e) {
      // The server may answer and close before it has read all; what it said is still there.
    }
    return read(channel);
  }

  static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Fewer if the connection ends before. */
  static String firstBytes(SocketChannel channel, int count) throws IOException {
    return new String(Channels.newInputStream(channel).readNBytes(count), StandardCharsets.UTF_8);
  }

  /** Reads until it has seen a text; false if the connection ends before. */
  static boolean until(SocketChannel channel, String text) throws IOException {
    InputStream in = Channels.newInputStream(channel);
    StringBuilder seen = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      seen.append((char) next);
      if (seen.indexOf(text) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Until the connection ends. */
  static String rest(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Reply read(SocketChannel channel) throws IOException {
    String all = rest(channel);
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: '" + all + "'");
    }
    return new Reply(
        Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
  }
}
