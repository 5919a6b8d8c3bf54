package org.uidnet.api.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request and its answer over HTTP/1.1, as far as our own server speaks it: bodies have a
 * length, are chunked, or end with the connection.
 */
final class Exchange {
  private static final int MAX_LINE = 16 * 1024;

  private Exchange() {}

  /** Header names are in lower case. */
  record Response(int status, Map<String, String> headers, String body) {}

  /** An answer whose body is read as it comes. */
  record Opened(int status, Map<String, String> headers, InputStream in) {
    Response whole() throws IOException {
      return new Response(
          status, headers, new String(Exchange.body(in, headers), StandardCharsets.UTF_8));
    }

    /** For bodies that have no length. */
    InputStream body() {
      return isChunked(headers) ? new ChunkedInput(in) : in;
    }
  }

  static Response of(
      ByteChannel channel, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    return open(channel, method, target, headers, body).whole();
  }

  /** Sends the request; returns when the head of the answer is there. */
  static Opened open(
      ByteChannel channel, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    write(channel, head(method, target, headers));
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    try {
      write(channel, body);
    } catch (IOException e) {
      return answerBeforeTheEnd(in, e);
    }
    return open(in);
  }

  /** A server may refuse a body without having read all of it; what it says is the cause. */
  private static Opened answerBeforeTheEnd(InputStream in, IOException cause) throws IOException {
    try {
      return open(in);
    } catch (IOException e) {
      cause.addSuppressed(e);
      throw cause;
    }
  }

  private static void write(ByteChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static byte[] head(String method, String target, Map<String, String> headers) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  static Opened open(InputStream in) throws IOException {
    int status = status(line(in));
    return new Opened(status, headers(in), in);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
      throw new IOException("what answers here does not speak HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (isChunked(headers)) {
      return new ChunkedInput(in).readAllBytes();
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(in, number(length, 10));
  }

  private static boolean isChunked(Map<String, String> headers) {
    return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
  }

  static int number(String text, int radix) throws IOException {
    try {
      return Integer.parseUnsignedInt(text, radix);
    } catch (NumberFormatException e) {
      throw new IOException("the daemon's answer has a length that is no number", e);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the daemon closed the connection in the middle of its answer");
    }
    return bytes;
  }

  static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.size() > MAX_LINE) {
        throw new EOFException("the daemon closed the connection without an answer");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
