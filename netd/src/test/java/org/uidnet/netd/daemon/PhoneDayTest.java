package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.HostPort;
import org.uidnet.firewall.Allowlist;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.FirewallService;
import org.uidnet.firewall.Lifetime;
import org.uidnet.firewall.Question;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Terms;
import org.uidnet.firewall.UidPolicy;
import org.uidnet.firewall.Verdict;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.tags.TagConfig;
import org.uidnet.netd.testing.PhoneOracle;
import org.uidnet.programs.Networks;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.scenario.UserSpec;
import org.uidnet.simulator.world.DeviceState;
import org.uidnet.simulator.world.World;

/**
 * A day of the phone through the whole daemon: the device's timeline and who uses what come from
 * the simulated world, what a user sets and what is rare on top of it. At each moment every app on
 * each network is asked for, compared with {@link PhoneOracle}, and its packet is sent.
 */
class PhoneDayTest {
  /** A Monday, with battery saver in the afternoon; midnight in Berlin. */
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T23:00:00Z");

  private static final Duration STEP = Duration.ofMinutes(15);

  /** Longer than it takes to be in the background. */
  private static final Duration SETTLING = Duration.ofSeconds(6);

  private static final Terms ROOT = Terms.of(new Author(0, "unix", "test"));
  private static final long CHAT = 10_101;
  private static final long MAIL = 10_103;
  private static final long VIDEO = 10_110;
  private static final long NEWS = 10_121;
  private static final long WEATHER = 10_132;
  private static final long WORK_MAIL = 1_010_103;

  @TempDir Path directory;

  private final Scenario scenario = Scenarios.shipped("phone");
  private final World world = new World(scenario, 7, MIDNIGHT);
  private final SimulatedManager manager = new SimulatedManager(world);

  /** What was told besides; by name of the list. */
  private final Map<String, Set<Long>> allowlists = new TreeMap<>();

  private final Set<DeviceFlag> rare = EnumSet.noneOf(DeviceFlag.class);
  private boolean backgroundRules;
  private Set<Long> foreground = Set.of();

  @Test
  void everyVerdict_isThatOfTheTable_andWhatPacketsMeet() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(world, scenario.limits(), 1);
    DaemonConfig config =
        new DaemonConfig(
            StateDir.in(directory),
            Optional.<HostPort>empty(),
            Duration.ofMinutes(5),
            Profile.ANDROID,
            Set.of(),
            TagConfig.DEFAULT,
            AttributionConfig.NONE,
            BackgroundConfig.DEFAULT,
            Long.MAX_VALUE,
            InputConfig.NONE,
            FleetConfig.NONE);
    Set<String> seen = new TreeSet<>();
    try (Daemon daemon = Daemon.start(platform, config, world.clock())) {
      FirewallService firewall = daemon.firewall();
      setUp(firewall);
      for (int step = 0; step < Duration.ofDays(1).dividedBy(STEP); step++) {
        at(step, firewall);
        manager.tell(firewall);
        foreground = world.foreground();
        world.run(SETTLING);
        firewall.round();
        assertThat(firewall.status().problems()).isEmpty();
        for (UserSpec user : scenario.users()) {
          compare(firewall, user.uid(), "wlan0", false, seen);
          compare(firewall, user.uid(), "rmnet0", true, seen);
        }
        world.run(STEP.minus(SETTLING));
      }
    }
    assertThat(seen)
        .as("what happened on that day")
        .containsExactly(
            "APP_BACKGROUND",
            "APP_STANDBY",
            "BATTERY_SAVER",
            "DOZE",
            "LOW_POWER_STANDBY",
            "METERED_DATA_SAVER",
            "METERED_USER_RESTRICTED",
            "RESTRICTED_MODE");
  }

  private void setUp(FirewallService firewall) {
    allow(firewall, Allowlist.POWER_SAVE, CHAT);
    allow(firewall, Allowlist.POWER_SAVE_EXCEPT_IDLE, MAIL);
    allow(firewall, Allowlist.LOW_POWER_STANDBY, WORK_MAIL);
    firewall.update(Setting.IdleUids.class, before -> before.with(WEATHER, true), ROOT);
    firewall.setUidPolicy(VIDEO, UidPolicy.REJECT_METERED_BACKGROUND, ROOT);
    firewall.setUidPolicy(NEWS, UidPolicy.ALLOW_METERED_BACKGROUND, ROOT);
    firewall.update(
        Setting.Permissions.class,
        before ->
            new Setting.Permissions(
                before.noInternet(), before.updateDeviceStats(), new TreeSet<>(Set.of(CHAT))),
        ROOT);
  }

  private void allow(FirewallService firewall, Allowlist list, long uid) {
    firewall.setAllowlisted(list, uid, true, Optional.empty(), ROOT);
    allowlists.put(list.label(), new TreeSet<>(Set.of(uid)));
  }

  /** What is rare, by number of the quarter of an hour. */
  private void at(int quarter, FirewallService firewall) {
    switch (quarter) {
      case 6 -> {
        firewall.setAllowlisted(
            Allowlist.POWER_SAVE,
            NEWS,
            true,
            Optional.of(new Lifetime.For(Duration.ofMinutes(40))),
            ROOT);
        saved().add(NEWS);
      }
      case 9 -> saved().remove(NEWS);
      case 12 -> set(firewall, DeviceFlag.LOW_POWER_STANDBY, true);
      case 16 -> set(firewall, DeviceFlag.LOW_POWER_STANDBY, false);
      case 40 -> setBackgroundRules(firewall, true);
      case 52 -> setBackgroundRules(firewall, false);
      case 56 -> set(firewall, DeviceFlag.RESTRICTED_MODE, true);
      case 60 -> set(firewall, DeviceFlag.RESTRICTED_MODE, false);
      default -> {}
    }
  }

  private Set<Long> saved() {
    return allowlists.getOrDefault(Allowlist.POWER_SAVE.label(), Set.of());
  }

  private void set(FirewallService firewall, DeviceFlag flag, boolean on) {
    firewall.update(Setting.Device.class, before -> before.with(flag, on), ROOT);
    rare.remove(flag);
    rare.addAll(on ? Set.of(flag) : Set.of());
  }

  private void setBackgroundRules(FirewallService firewall, boolean on) {
    firewall.setEnabled("background", on, ROOT);
    backgroundRules = on;
  }

  private void compare(
      FirewallService firewall, long uid, String iface, boolean metered, Set<String> seen) {
    Set<String> expected = oracle(uid).reasons(uid, metered);
    Verdict verdict = firewall.verdict(uid, over(iface));
    String when = "%s, UID %d on %s".formatted(world.clock().instant(), uid, iface);
    assertThat(new TreeSet<>(verdict.reasons())).as(when).isEqualTo(expected);
    assertThat(passes(uid, iface)).as(when).isEqualTo(expected.isEmpty());
    seen.addAll(expected);
  }

  private PhoneOracle oracle(long uid) {
    return new PhoneOracle(
        device(),
        foreground.contains(uid),
        allowlistsOf(uid),
        uid == WEATHER,
        uid == VIDEO
            ? UidPolicy.REJECT_METERED_BACKGROUND
            : uid == NEWS ? UidPolicy.ALLOW_METERED_BACKGROUND : UidPolicy.NONE,
        uid == CHAT,
        backgroundRules);
  }

  private Set<String> allowlistsOf(long uid) {
    Set<String> names = new TreeSet<>();
    allowlists.forEach((name, uids) -> names.addAll(uids.contains(uid) ? Set.of(name) : Set.of()));
    return names;
  }

  /** As the world was when it was told; a step's settling crosses none of its times. */
  private Set<DeviceFlag> device() {
    DeviceState told = world.device();
    EnumSet<DeviceFlag> flags = EnumSet.copyOf(rare.isEmpty() ? none() : rare);
    add(flags, DeviceFlag.DEVICE_IDLE, told.idle());
    add(flags, DeviceFlag.BATTERY_SAVER, told.batterySaver());
    add(flags, DeviceFlag.DATA_SAVER, told.dataSaver());
    add(flags, DeviceFlag.CHARGING, told.charging());
    return flags;
  }

  private static EnumSet<DeviceFlag> none() {
    return EnumSet.noneOf(DeviceFlag.class);
  }

  private static void add(Set<DeviceFlag> flags, DeviceFlag flag, boolean on) {
    if (on) {
      flags.add(flag);
    }
  }

  private static Question over(String iface) {
    return new Question(
        Optional.of(iface),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /** A datagram through the programs. */
  private boolean passes(long uid, String iface) {
    SimulatedKernel kernel = world.boot().kernel();
    Socket socket = kernel.socket(uid, kernel.host(), Socket.AF_INET, 2, 17);
    byte[] head = new byte[28];
    head[0] = 0x45;
    head[9] = 17;
    head[16] = 8;
    head[17] = 8;
    head[18] = 8;
    head[19] = 8;
    Skb packet = new Skb().carrying(Skb.IPV4, head, head.length).from(socket).on(ifindex(iface));
    boolean passes = kernel.egress(packet, 0);
    kernel.close(socket);
    return passes;
  }

  private int ifindex(String name) {
    List<Networks.Interface> all = world.networks().interfaces();
    return all.stream()
        .filter(link -> link.name().equals(name))
        .mapToInt(Networks.Interface::ifindex)
        .findFirst()
        .orElseThrow();
  }
}
