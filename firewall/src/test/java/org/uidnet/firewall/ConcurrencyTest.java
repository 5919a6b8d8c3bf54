package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  @TempDir Path directory;

  /** Each writer's own UIDs: none is lost to another's change. */
  @Test
  void writers_takeTurns() throws Exception {
    World world = new World(directory);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FirewallService firewall = world.open()) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        long first = 10_000 + 100 * writer;
        writers.add(() -> deny(firewall, first, 25));
      }
      for (Future<Boolean> done : threads.invokeAll(writers)) {
        assertThat(done.get()).isTrue();
      }
      assertThat(firewall.chain("oem-deny-1").orElseThrow().uids().toList()).hasSize(100);
      assertThat(firewall.audit(1000)).hasSize(100);
    } finally {
      threads.shutdown();
    }
    World other = new World(directory);
    try (FirewallService again = other.open()) {
      assertThat(again.chain("oem-deny-1").orElseThrow().uids().toList()).hasSize(100);
      assertThat(other.maps.contents()).isEqualTo(world.maps.contents());
    }
  }

  private static boolean deny(Firewall firewall, long first, int count) {
    for (long uid = first; uid < first + count; uid++) {
      firewall.setRule("oem-deny-1", uid, Rule.DENY, Optional.empty(), ROOT);
      if (!firewall.verdict(uid, Question.NOW).chain().stream()
          .anyMatch(step -> step.name().equals("oem-deny-1") && step.listed())) {
        return false;
      }
    }
    return true;
  }
}
