package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.VerdictReport;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Verdict;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.dbus.HostService;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.testing.MockedNetworks;
import org.uidnet.netd.testing.MockedSession;
import org.uidnet.netd.testing.PrivateBus;
import org.uidnet.netd.testing.Settled;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/** A whole daemon that services on a real bus tell how its simulated host is. */
@Timeout(90)
class HostWordTest {
  private static final Instant MORNING = Instant.parse("2026-03-07T08:00:00Z");
  private static final long UID = 10_101;
  private static final int LOW = 20;
  private static final long GUESS_YES = 3;

  private static final String UPOWER = "org.freedesktop.UPower";
  private static final String UPOWER_PATH = "/org/freedesktop/UPower";

  @TempDir Path state;
  @TempDir Path busDirectory;

  private final SimulatedDaemon.Plan plan =
      new SimulatedDaemon.Plan(Scenarios.shipped("phone"), 1, Duration.ofDays(1), 1);
  private final World world = new World(plan.scenario(), 1, MORNING);
  private PrivateBus bus;
  private Daemon daemon;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    bus = PrivateBus.in(busDirectory);
    startDaemon();
    client = UidnetClient.overSocket(StateDir.in(state).apiSocket());
  }

  private void startDaemon() throws IOException {
    InputConfig inputs =
        new InputConfig(
            EnumSet.allOf(HostService.class), false, OptionalInt.of(LOW), bus.address());
    daemon =
        Daemon.start(
            plan.platform(world),
            new DaemonConfig(StateDir.in(state), Optional.empty(), Duration.ofMinutes(5))
                .withInputs(inputs),
            world.clock());
  }

  @AfterEach
  void close() {
    daemon.close();
    bus.close();
  }

  private void startUpower() throws IOException {
    bus.start("upower", UPOWER, "{}");
    setBattery("Percentage", "double:" + LOW);
    setBattery("IsPresent", "boolean:true");
  }

  private void setBattery(String property, String value) {
    String battery = UPOWER_PATH + "/devices/DisplayDevice";
    bus.set(UPOWER, battery, UPOWER + ".Device", property, value);
  }

  private void setOnBattery(boolean on) {
    bus.set(UPOWER, UPOWER_PATH, UPOWER, "OnBattery", "boolean:" + on);
  }

  private VerdictReport verdict(String iface) throws IOException {
    return client.send(ApiRequest.verdict(UID, Map.of("iface", iface)));
  }

  private static <T> void await(String what, Callable<T> actual, T expected) {
    Settled.assertEquals(what, actual, () -> expected);
  }

  private Optional<Boolean> charging() throws IOException {
    return client.send(ApiRequest.deviceState()).charging();
  }

  private List<String> authors() {
    return daemon.firewall().audit(10).stream()
        .map(entry -> entry.by().service().orElse("somebody") + ": " + entry.what())
        .toList();
  }

  @Test
  void lowBattery_blocks_andTheVerdictNamesIt_untilThereIsPower() throws IOException {
    assertThat(verdict("wlan0").blocked()).isFalse();
    startUpower();
    setOnBattery(true);
    await("reasons", () -> verdict("wlan0").reasons(), List.of("BATTERY_SAVER"));
    assertThat(verdict("wlan0").chain())
        .filteredOn(step -> step.effect() == Verdict.Effect.BLOCKS)
        .extracting(VerdictReport.Step::chain)
        .contains("powersave");
    setOnBattery(false);
    await("reasons", () -> verdict("wlan0").reasons(), List.of());
    assertThat(authors()).first().isEqualTo("upower: setting device");
  }

  @Test
  void meteredNetwork_blocks_whileItIsConnected() throws IOException {
    MockedNetworks networks = MockedNetworks.startedOn(bus);
    networks.addWifi("wlan0", GUESS_YES);
    change(DeviceFlag.DATA_SAVER, true);
    assertThat(verdict("wlan0").blocked()).isFalse();
    networks.connect("wlan0", "Phone");
    await("reasons", () -> verdict("wlan0").reasons(), List.of("METERED_DATA_SAVER"));
    assertThat(client.send(ApiRequest.iface("wlan0")).facts().network()).contains("Phone");
    assertThat(authors()).first().isEqualTo("networkmanager: setting interfaces");
    networks.disconnect("wlan0");
    await("reasons", () -> verdict("wlan0").reasons(), List.of());
    assertThat(client.send(ApiRequest.iface("wlan0")).facts().network()).isEmpty();
  }

  private void change(DeviceFlag flag, boolean on) throws IOException {
    client.send(ApiRequest.changeDeviceState(DeviceState.changing(Map.of(flag, on))));
  }

  @Test
  void wordOfAnAdmin_holdsUntilTheServiceSaysSomethingNew() throws IOException {
    startUpower();
    await("charging", this::charging, Optional.of(true));
    change(DeviceFlag.CHARGING, false);
    daemon.close();
    startDaemon();
    await("heard", () -> input("upower").heard(), true);
    assertThat(charging()).contains(false);
    setOnBattery(true);
    await("reasons", () -> verdict("wlan0").reasons(), List.of("BATTERY_SAVER"));
    setOnBattery(false);
    await("charging", this::charging, Optional.of(true));
  }

  private DaemonStatus.Input input(String service) throws IOException {
    return client.send(ApiRequest.status()).inputs().stream()
        .filter(input -> input.service().equals(service))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void status_tellsWhoIsListenedTo_andHealthDoesNotMind() throws IOException {
    startUpower();
    await("upower", () -> input("upower").heard(), true);
    assertThat(input("logind").trouble()).contains(MockedSession.NAME + " is not on the bus");
    assertThat(client.health().problems()).isEmpty();
  }

  @Test
  void sleep_isPrecededByASnapshot() throws IOException {
    MockedSession host = MockedSession.startedOn(bus);
    await("logind", () -> input("logind").heard(), true);
    world.run(Duration.ofMinutes(1));
    Instant evening = world.clock().instant();
    host.set("PreparingForSleep", true);
    await("last snapshot", () -> client.send(ApiRequest.status()).poll().last(), evening);
  }
}
