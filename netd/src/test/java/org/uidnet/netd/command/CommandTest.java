package org.uidnet.netd.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.names.HostUidNames;

/** Runs commands as UID 1000, alice, in Kolkata, against a fake daemon. */
abstract class CommandTest {
  static final String NOW = "2026-03-02T10:30:00Z";

  @TempDir Path dir;
  FakeDaemon daemon;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void startDaemon() throws IOException {
    Files.writeString(dir.resolve("passwd"), "root:x:0:0:::\nalice:x:1000:1000:::\n");
    daemon = new FakeDaemon(dir);
  }

  @AfterEach
  void stopDaemon() throws IOException {
    daemon.close();
  }

  /** Runs {@code uidnet} with these words and the right --state-dir; answers the exit code. */
  final int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--state-dir=" + dir);
    return runAsItIs(all.toArray(String[]::new));
  }

  final int runAsItIs(String... words) {
    return Uidnet.commandLineFor(words, context()).execute(words);
  }

  final Context context() {
    Path nowhere = dir.resolve("nowhere");
    HostUidNames names =
        new HostUidNames(
            new HostUidNames.Files(
                dir.resolve("passwd"), dir.resolve("group"), nowhere, nowhere, Optional.empty()));
    return new Context(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        false,
        Map.of("COLUMNS", "80"),
        Clock.fixed(Instant.parse(NOW), ZoneId.of("Asia/Kolkata")),
        names,
        1000);
  }

  final String out() {
    return out.toString();
  }

  final String err() {
    return err.toString();
  }
}
