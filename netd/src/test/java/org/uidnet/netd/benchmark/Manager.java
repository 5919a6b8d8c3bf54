package org.uidnet.netd.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;

/** Whoever steers a daemon over a connection that is kept. */
final class Manager implements AutoCloseable {
  private static final int ANSWER = 64 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Stopwatch QUESTIONS = new Stopwatch(200, 200);
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final SocketChannel channel;

  private Manager(SocketChannel channel) {
    this.channel = channel;
  }

  static Manager of(UnixDomainSocketAddress daemon) throws IOException {
    return new Manager(SocketChannel.open(daemon));
  }

  /** Nanoseconds of asking, warm. */
  Samples times(String path) {
    return QUESTIONS.time(round -> get(path));
  }

  private void get(String path) {
    try {
      ask("GET", path, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers after how many nanoseconds the answer was there; one that is not 200 is an error. */
  long ask(String method, String path, String body) throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, body.length(), body);
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    long start = System.nanoTime();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    String answer = read();
    long end = System.nanoTime();
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException(answer);
    }
    return end - start;
  }

  /** One answer; its head, and what came with it. The rest is read and forgotten. */
  private String read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(ANSWER);
    String text = "";
    while (!text.contains(END_OF_HEAD)) {
      readSome(buffer);
      text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
    skip(text.indexOf(END_OF_HEAD) + END_OF_HEAD.length() + length(text) - text.length());
    return text;
  }

  private static int length(String answer) throws IOException {
    Matcher length = LENGTH.matcher(answer);
    if (!length.find()) {
      throw new IOException("an answer without length: " + answer);
    }
    return Integer.parseInt(length.group(1));
  }

  private void skip(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(ANSWER);
    for (int left = bytes; left > 0; left -= buffer.position()) {
      buffer.clear().limit(Math.min(ANSWER, left));
      readSome(buffer);
    }
  }

  private void readSome(ByteBuffer buffer) throws IOException {
    if (channel.read(buffer) < 0) {
      throw new EOFException("the daemon closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
