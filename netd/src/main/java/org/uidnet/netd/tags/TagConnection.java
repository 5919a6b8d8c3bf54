package org.uidnet.netd.tags;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.uidnet.api.TagLines;
import org.uidnet.netd.sys.PassedMessage;

/**
 * One client of {@code tag.sock}: a line with a socket in, a line out, again and again. Line and
 * socket are one message, as the kernel keeps a descriptor at the bytes that it was sent with. Used
 * by one thread.
 */
record TagConnection(SocketChannel channel, OptionalLong peer, TagLines lines) {
  static final int LONGEST_LINE = 4096;

  /** Returns when the client has ended, has said nothing for that time, or cannot be understood. */
  void serve(Duration idle) throws IOException {
    PassedMessage.limitWaiting(channel, idle);
    boolean more = true;
    while (more) {
      try (PassedMessage message = PassedMessage.receive(channel, LONGEST_LINE)) {
        more = !message.isEnd() && answer(message);
      }
    }
  }

  /** False if we do not know any more where the next line begins. */
  private boolean answer(PassedMessage message) throws IOException {
    String text = message.text();
    boolean whole = text.indexOf('\n') == text.length() - 1;
    write(channel, whole ? answer(message, text) : notWhole());
    return whole;
  }

  private String answer(PassedMessage message, String line) {
    if (message.incomplete() || message.descriptors().size() > 1) {
      return lines.refusal("EINVAL", "Pass one socket with each line.");
    }
    OptionalInt passed =
        message.descriptors().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(message.descriptors().get(0).number());
    return lines.answer(peer, passed, line);
  }

  private String notWhole() {
    return lines.refusal(
        "EINVAL",
        "Send a line, its end and the socket in one message, of %d bytes at most; then wait for the answer."
            .formatted(LONGEST_LINE));
  }

  static void write(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
