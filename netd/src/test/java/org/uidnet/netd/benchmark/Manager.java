package org.uidnet.netd.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever steers a daemon over a connection that is kept. */
final class Manager implements AutoCloseable {
  private static final int ANSWER = 64 * 1024;
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private final SocketChannel channel;

  private Manager(SocketChannel channel) {
    this.channel = channel;
  }

  static Manager of(UnixDomainSocketAddress daemon) throws IOException {
    return new Manager(SocketChannel.open(daemon));
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

  /** One answer: a head, and as many bytes as it says. */
  private String read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(ANSWER);
    String text;
    do {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the daemon closed the connection");
      }
      text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    } while (!isWhole(text));
    return text;
  }

  private static boolean isWhole(String answer) {
    Matcher length = LENGTH.matcher(answer);
    int body = answer.indexOf("\r\n\r\n") + 4;
    return body > 3 && length.find() && answer.length() >= body + Integer.parseInt(length.group(1));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
