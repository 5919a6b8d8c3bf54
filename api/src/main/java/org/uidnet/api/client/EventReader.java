package org.uidnet.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.uidnet.api.model.Json;

/**
 * Events of the daemon as they come, each a JSON object whose field {@code event} says what it is.
 * For one reader; any thread may close it, which ends a read under way.
 */
public final class EventReader implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader lines;

  EventReader(SocketChannel channel, InputStream body) {
    this.channel = channel;
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the next event; empty when the daemon has ended the stream, or we have. */
  public Optional<JsonNode> next() throws IOException {
    try {
      String line = lines.readLine();
      while (line != null && line.isEmpty()) { // a heartbeat
        line = lines.readLine();
      }
      return line == null ? Optional.empty() : Optional.of(Json.LENIENT.readTree(line));
    } catch (ClosedChannelException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
