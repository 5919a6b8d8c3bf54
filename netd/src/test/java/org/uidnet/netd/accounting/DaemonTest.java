package org.uidnet.netd.accounting;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.uidnet.api.client.EventReader;

/** A daemon on this kernel for each test. */
abstract class DaemonTest {
  TestDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = TestDaemon.started();
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  /** The next event that is wanted; those before it are passed over. */
  static JsonNode next(EventReader events, Predicate<JsonNode> wanted) throws IOException {
    JsonNode event = events.next().orElseThrow();
    while (!wanted.test(event)) {
      event = events.next().orElseThrow();
    }
    return event;
  }
}
