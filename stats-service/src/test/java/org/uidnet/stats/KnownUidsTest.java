package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.SlotId;
import org.uidnet.stats.Usage.UidState;

class KnownUidsTest {
  @TempDir Path directory;

  @Test
  void uids_areThoseOfHistoryAndThoseThatCount() {
    World world = new World(directory);
    world.names.put(1000L, "ann");
    try (StatsService stats = world.open()) {
      world.count(key(1000, 2), 500);
      world.count(key(1000, 3), 500);
      world.count(key(70_000), 500);
      world.count(new SlotId(SlotId.UID_FOREIGN, 0, 0, 2, 4026), 50);
      world.passSeconds(10);
      stats.poll();
      world.count(key(1002), 7); // not stored yet
      stats.addOperations(1003, 7, 1);
      stats.setCounterSet(70_001, CounterSet.FOREGROUND);
      assertThat(stats.uids())
          .containsExactly(
              new UidState(1000, Optional.of("ann"), CounterSet.DEFAULT, 2),
              new UidState(1002, Optional.empty(), CounterSet.DEFAULT, 1),
              new UidState(1003, Optional.empty(), CounterSet.DEFAULT, 0),
              new UidState(70_000, Optional.empty(), CounterSet.DEFAULT, 1),
              new UidState(70_001, Optional.empty(), CounterSet.FOREGROUND, 0));
      stats.removeUid(1000);
      assertThat(stats.uids()).extracting(UidState::uid).doesNotContain(1000L);
    }
  }

  @Test
  void uid_isCalledAsItWasLast() {
    World world = new World(directory);
    world.names.put(1000L, "ann");
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.passSeconds(10);
      stats.poll();
      world.names.clear();
      assertThat(stats.uid(1000).name()).contains("ann");
      world.names.put(1000L, "berta");
      assertThat(stats.uid(1000).name()).contains("berta");
    }
  }

  @Test
  void uid_whomNobodyKnows_isPlain() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      assertThat(stats.uid(4_294_967_294L))
          .isEqualTo(new UidState(4_294_967_294L, Optional.empty(), CounterSet.DEFAULT, 0));
      assertThat(stats.uids()).isEmpty();
    }
  }
}
