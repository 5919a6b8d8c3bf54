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

  static Response of(
      ByteChannel channel, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    write(channel, head(method, target, headers));
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    try {
      write(channel, body);
    } catch (IOException e) {
      return answerBeforeTheEnd(in, e);
    }
    return read(in);
  }

  /** A server may refuse a body without having read all of it; what it says is the cause. */
  private static Response answerBeforeTheEnd(InputStream in, IOException cause) throws IOException {
    try {
      return read(in);
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

  static Response read(InputStream in) throws IOException {
    int status = status(line(in));
    Map<String, String> headers = headers(in);
    return new Response(status, headers, new String(body(in, headers), StandardCharsets.UTF_8));
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
      throw new IOException("what answers here does not speak HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
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
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(in, number(length, 10));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.writeBytes(exactly(in, size));
      line(in);
    }
    headers(in); // Trailers, of which there are none, and the empty line.
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return number(line(in).split(";", 2)[0].strip(), 16);
  }

  private static int number(String text, int radix) throws IOException {
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

  private static String line(InputStream in) throws IOException {
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
