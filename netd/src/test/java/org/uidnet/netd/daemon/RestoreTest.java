package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.StateDir;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/** A backup is the state directory of another daemon. */
class RestoreTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration SOME_TIME = Duration.ofMinutes(30);
  private static final String CHAIN = "standby";

  @TempDir Path directory;

  @Test
  void start_inADirectoryWithABackup_hasItsHistoryAndPolicy() throws IOException {
    ByteArrayOutputStream backup = new ByteArrayOutputStream();
    World world = world(START);
    JsonNode usage;
    try (Daemon daemon = start("here", world)) {
      world.run(SOME_TIME);
      client("here").send(ApiRequest.replaceUids(CHAIN, Set.of(10_123L)));
      client("here").send(ApiRequest.setEnabled(CHAIN, true));
      daemon.usage().poll();
      usage = usage("here");
      client("here").download(ApiRequest.backup(), backup);
    }
    assertThat(usage.path("rows")).isNotEmpty();

    unpack(backup.toByteArray(), directory.resolve("there"));
    try (Daemon daemon = start("there", world(START.plus(SOME_TIME)))) {
      assertThat(daemon.health().problems()).isEmpty();
      assertThat(usage("there").path("rows")).isEqualTo(usage.path("rows"));
      var chain = client("there").send(ApiRequest.chain(CHAIN));
      assertThat(chain.enabled()).isTrue();
      assertThat(chain.uids()).containsExactly(10_123L);
      assertThat(daemon.firewall().status().problems()).isEmpty();
    }
  }

  private static World world(Instant start) {
    return new World(Scenarios.shipped("phone"), 1, start);
  }

  private Daemon start(String name, World world) throws IOException {
    Scenario scenario = Scenarios.shipped("phone");
    return Daemon.start(
        new SimulatedPlatform(world, scenario.limits(), 1),
        new DaemonConfig(stateDir(name), Optional.empty(), Duration.ofMinutes(5)),
        world.clock());
  }

  private StateDir stateDir(String name) throws IOException {
    return StateDir.in(Files.createDirectories(directory.resolve(name)));
  }

  private UidnetClient client(String name) throws IOException {
    return UidnetClient.overSocket(stateDir(name).apiSocket());
  }

  /** Of the time before the backup, whatever is counted later. */
  private JsonNode usage(String name) throws IOException {
    UsageQuery query = UsageQuery.NONE.from(START.toString()).to(START.plus(SOME_TIME).toString());
    return client(name).json(ApiRequest.summary(query));
  }

  private static void unpack(byte[] zip, Path to) throws IOException {
    Files.createDirectory(to);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.copy(in, to.resolve(entry.getName()));
      }
    }
  }
}
