package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessBlockTest {
  private static final String BOOT = "0d3a7f6c-boot";

  @Test
  void parse_whatWasMadeText_isTheSame() {
    SortedMap<Long, Processes> block =
        new TreeMap<>(
            Map.of(
                10_000L, process(ProcessState.TOP, Optional.empty(), Optional.empty()),
                10_001L,
                    process(
                        ProcessState.CACHED_EMPTY,
                        Optional.of(new ProcessReport.Stamp(3, -4)),
                        Optional.of(
                            new Expiry.Elapsed(BOOT, 17, Instant.parse("2026-11-28T12:00:00Z")))),
                4_294_967_294L,
                    process(
                        ProcessState.FOREGROUND_SERVICE,
                        Optional.of(new ProcessReport.Stamp(0, Long.MAX_VALUE)),
                        Optional.of(new Expiry.AtReboot(BOOT)))));
    assertThat(ProcessBlock.parse(new ProcessBlock().text(block))).isEqualTo(block);
  }

  @Test
  void blocksNotAsIn_oneUidChangedAndAnotherWent_areTheirs() {
    ProcessBook before = book(10, 70, 1000);
    ProcessBook after = new ProcessBook(new TreeMap<>(before.byUid())).without(1000);
    SortedMap<Long, Processes> changed = new TreeMap<>(after.byUid());
    changed.put(70L, process(ProcessState.TOP, Optional.empty(), Optional.empty()));
    assertThat(new ProcessBook(changed).blocksNotAsIn(before)).containsExactly(1L, 15L);
    assertThat(before.blocksNotAsIn(before)).isEmpty();
    assertThat(before.block(1).keySet()).containsExactly(70L);
  }

  private static ProcessBook book(long... uids) {
    SortedMap<Long, Processes> processes = new TreeMap<>();
    for (long uid : uids) {
      processes.put(uid, process(ProcessState.CACHED_EMPTY, Optional.empty(), Optional.empty()));
    }
    return new ProcessBook(processes);
  }

  private static Processes process(
      ProcessState state, Optional<ProcessReport.Stamp> stamp, Optional<Expiry> grace) {
    return new Processes(new ProcessReport(state, Set.of(Capability.values()), stamp), BOOT, grace);
  }

  @Test
  void rowsOfAnOlderFile_becomeBlocks(@TempDir Path directory) throws SQLException {
    World world = new World(directory);
    String until = world.expiry(Duration.ofMinutes(1));
    world.storeOlder(
        5,
        "INSERT INTO processes VALUES (63, '" + BOOT + "', 'TOP', 1, NULL, NULL, '')",
        "INSERT INTO processes VALUES (64, '" + BOOT + "', 'TOP', 0, 7, -8, '')",
        "INSERT INTO processes VALUES (65, '"
            + BOOT
            + "', 'CACHED_EMPTY', 0, 7, 9, '"
            + until
            + "')");

    try (PolicyStore store = PolicyStore.open(world.config())) {
      assertThat(store.read().processes().byUid())
          .containsExactly(
              entry(63, Capability.ofBits(1), ProcessState.TOP, Optional.empty(), ""),
              entry(
                  64, Set.of(), ProcessState.TOP, Optional.of(new ProcessReport.Stamp(7, -8)), ""),
              entry(
                  65,
                  Set.of(),
                  ProcessState.CACHED_EMPTY,
                  Optional.of(new ProcessReport.Stamp(7, 9)),
                  until));
    }
  }

  private static Map.Entry<Long, Processes> entry(
      long uid,
      Set<Capability> capabilities,
      ProcessState state,
      Optional<ProcessReport.Stamp> stamp,
      String until) {
    Optional<Expiry> grace = until.isEmpty() ? Optional.empty() : Optional.of(Expiry.parse(until));
    return Map.entry(
        uid, new Processes(new ProcessReport(state, capabilities, stamp), BOOT, grace));
  }
}
