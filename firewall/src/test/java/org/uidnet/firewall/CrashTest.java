package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.uidnet.firewall.Steps.Step;

/** Killed anywhere, the next start has each change in full or not at all. */
class CrashTest {
  @TempDir Path directory;

  /** Stops the service dead. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final ProcessReport TOP =
      new ProcessReport(ProcessState.TOP, Set.of(), Optional.empty());

  /** Changes that call maps, rows and store in every way. */
  private static final List<Consumer<Firewall>> STORY =
      List.of(
          firewall -> firewall.replaceUids("oem-deny-1", Set.of(10_001L, 70_001L), ROOT),
          firewall -> firewall.setEnabled("oem-deny-1", true, ROOT),
          firewall -> firewall.createChain("night", Chain.Kind.ALLOWLIST, ROOT),
          firewall ->
              firewall.setRule(
                  "night",
                  70_002,
                  Rule.ALLOW,
                  Optional.of(new Lifetime.For(Duration.ofMinutes(7))),
                  ROOT),
          firewall ->
              firewall.setEnabled("night", true, ROOT.confirmedWithin(Duration.ofMinutes(5))),
          firewall ->
              firewall.replace(
                  new Setting.IngressDiscard(Map.of(SettingRules.address("10.0.0.1"), "tun0")),
                  ROOT),
          firewall ->
              firewall.update(
                  Setting.LocalNetwork.class,
                  document ->
                      new Setting.LocalNetwork(
                          Map.of(SettingRules.prefix("10.0.0.0/8"), Rule.DENY),
                          new TreeSet<>(Set.of(10_001L))),
                  ROOT),
          firewall ->
              firewall.update(
                  Setting.Interfaces.class,
                  all ->
                      all.with(
                          "wlan0",
                          new Setting.Attributes(
                              true, false, false, Optional.empty(), Optional.empty(), false)),
                  ROOT),
          firewall -> firewall.replaceUids("oem-deny-1", Set.of(70_003L, 10_001L), ROOT),
          firewall -> firewall.deleteChain("night", ROOT),
          firewall -> setQuota(firewall, "tun0"),
          firewall -> setQuota(firewall, "wlan0"),
          firewall -> firewall.snoozeQuota("mobile", Snooze.LIMIT, true, ROOT.by()),
          firewall -> firewall.deleteQuota("mobile", ROOT),
          firewall ->
              firewall.update(
                  Setting.Device.class,
                  device -> device.with(DeviceFlag.BATTERY_SAVER, true),
                  ROOT),
          firewall -> firewall.reportProcesses(Map.of(10_001L, TOP, 70_005L, TOP), ROOT.by()),
          firewall ->
              firewall.setAllowlisted(
                  Allowlist.POWER_SAVE,
                  70_006,
                  true,
                  Optional.of(new Lifetime.For(Duration.ofMinutes(7))),
                  ROOT));

  private static void setQuota(Firewall firewall, String iface) {
    Quota quota =
        new Quota(
            new Quota.Template(UidSet.of(List.of(10_001L, 70_004L)), Optional.of(iface), false),
            Cycle.Monthly.of(1, "UTC"),
            OptionalLong.empty(),
            OptionalLong.of(1000),
            true);
    firewall.update(Setting.Quotas.class, all -> all.with("mobile", quota), ROOT);
  }

  @ParameterizedTest
  @Tag("fault")
  @EnumSource(Step.class)
  void change_killedAtAStep_isWholeOrNot(Step step) {
    for (int victim = 0; victim < STORY.size(); victim++) {
      World world = new World(directory.resolve("w" + victim));
      FirewallService firewall = tell(world, victim);
      List<Object> before = policy(firewall);
      int stepped = victim;
      world.steps =
          reached -> {
            if (reached == step) {
              throw new Crash();
            }
          };
      boolean crashed = attempt(firewall, stepped);
      assertThat(crashed).as("change %d crashed", victim).isTrue();
      List<Object> after = reopen(world);
      if (step == Step.CHECKED) {
        assertThat(after).as("change %d was not made", victim).isEqualTo(before);
      } else {
        assertThat(after).as("change %d was made", victim).isNotEqualTo(before);
      }
    }
  }

  /** At each call and store that the change makes: it is committed, the next start finishes it. */
  @ParameterizedTest
  @Tag("fault")
  @MethodSource("victims")
  void change_killedAtACallOrStore_isFinishedByTheNextStart(int victim) {
    int call = 0;
    boolean crashed = true;
    while (crashed) {
      World world = new World(directory.resolve("call" + call));
      FirewallService firewall = tell(world, victim);
      List<Object> before = policy(firewall);
      crashed = killedAt(call++, world, firewall, victim);
      assertThat(reopen(world)).isNotEqualTo(before);
    }
    assertThat(call).as("calls and stores of change %d", victim).isGreaterThan(1);
  }

  static Stream<Integer> victims() {
    return Stream.of(1, 5, 6, 8, 10, 11, 12, 15);
  }

  private static boolean killedAt(int call, World world, Firewall firewall, int victim) {
    int[] made = {0};
    boolean[] committed = {false};
    world.steps = step -> committed[0] |= step == Step.COMMITTED;
    Runnable count =
        () -> {
          if (committed[0] && made[0]++ == call) {
            throw new Crash();
          }
        };
    world.maps.onCall = name -> count.run();
    world.maps.onStore = count;
    return attempt(firewall, victim);
  }

  private static boolean attempt(Firewall firewall, int change) {
    try {
      STORY.get(change).accept(firewall);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  private static FirewallService tell(World world, int changes) {
    FirewallService firewall = world.open();
    STORY.subList(0, changes).forEach(change -> change.accept(firewall));
    return firewall;
  }

  /** Kills, starts again, and compares the maps with those of a host that never had others. */
  private static List<Object> reopen(World world) {
    world.kill();
    world.steps = Steps.UNOBSERVED;
    world.maps.onCall = name -> {};
    world.maps.onStore = () -> {};
    List<Object> policy;
    Map<String, Object> contents;
    try (FirewallService again = world.open()) {
      assertThat(again.status().problems()).isEmpty();
      policy = policy(again);
      contents = world.maps.contents();
    }
    World other = new World(world.directory);
    try (FirewallService fresh = other.open()) {
      assertThat(contents).isEqualTo(other.maps.contents());
      assertThat(policy(fresh)).isEqualTo(policy);
    }
    return policy;
  }

  private static List<Object> policy(Firewall firewall) {
    List<Object> all = new ArrayList<>(firewall.chains());
    all.add(firewall.settings());
    all.add(firewall.pending());
    all.addAll(firewall.quotas());
    return all;
  }
}
