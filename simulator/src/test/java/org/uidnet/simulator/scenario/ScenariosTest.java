package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.simulator.scenario.ScenarioTexts.scenario;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
  @TempDir Path directory;

  static List<String> names() {
    return Scenarios.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shipped_isReadWithoutAMistake(String name) {
    Scenario scenario = Scenarios.shipped(name);

    assertThat(scenario.title()).isNotBlank();
    assertThat(scenario.users()).hasSizeGreaterThan(10);
  }

  @Test
  void phone_hasSystemUidsAppsAndAWorkProfile() {
    Scenario phone = Scenarios.shipped("phone");

    assertThat(phone.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(phone.users())
        .extracting(UserSpec::uid)
        .contains(0L, 1000L, 1073L, 10110L, 1010123L);
    assertThat(phone.users()).hasSizeBetween(30, 60);
  }

  @Test
  void server_has300People() {
    assertThat(
            Scenarios.shipped("server").users().stream()
                .filter(user -> user.uid() > 2000 && user.uid() <= 2300))
        .hasSize(300);
  }

  @Test
  void hostile_has100000Uids_andLimitsFarBelow() {
    Scenario hostile = Scenarios.shipped("hostile");

    assertThat(hostile.users()).hasSizeGreaterThan(100_000);
    assertThat(hostile.limits().highUids()).isLessThan(10_000);
    assertThat(hostile.limits().slots()).isLessThan(10_000);
  }

  @Test
  void everyKey_isRead() {
    Scenario all =
        scenario(
            """
            title: All keys
            zone: Asia/Tokyo
            limits: {cpus: 2, slots: 100, slots-per-uid: 7, high-uids: 9}
            interfaces:
              wlan0: {kind: wifi, metered: true, up: 07:00-08:00}
            namespaces:
              box{3-4}: {owner: 700}
            traffic:
              call: {over: udp6, down: 1 MB, up: 2 kB, rate: 3 MB/s, packet: 160 B, server: true}
            users:
              alice{3-4}:
                uid: 100
                in: box{}
                does:
                  do: call
                  at: [mon 10:00-11:00, sun 12:00-24:00]
                  times: 5
                  chance: 25 %
                  when: [screen, not metered]
                  foreground: true
                  interface: lo
            device: {battery-saver: 01:00-02:00}
            incidents:
              - {do: reboot, every: 7 d, takes: 9 s}
              - {do: suspend, every: 1 h, takes: 10 m}
              - {do: clock-jump, times: 2, by: -1 h}
              - {do: recreate, every: 1 m, what: "box{3-4}"}
              - {do: recreate, every: 1 m, what: wlan0, ifindex: same, takes: 1 ms}
            """);

    UserSpec alice4 = all.users().get(1);
    Activity call = alice4.activities().get(0);
    assertThat(all.limits().slotsPerUid()).isEqualTo(7);
    assertThat(all.interfaces().get(0).metered()).isTrue();
    assertThat(all.namespaces().get(1)).isEqualTo(new NamespaceSpec("box4", OptionalLong.of(701)));
    assertThat(alice4.name()).isEqualTo("alice4");
    assertThat(alice4.uid()).isEqualTo(101);
    assertThat(alice4.namespace()).contains("box4");
    assertThat(call.exchange())
        .isEqualTo(
            new Exchange(
                "call", 1_000_000, 2000, 3_000_000, Transport.UDP6, OptionalInt.of(160), true));
    assertThat(call.schedule().at().spans()).hasSize(2);
    assertThat(call.schedule().times()).isEqualTo(5);
    assertThat(call.chance()).isEqualTo(0.25);
    assertThat(call.when())
        .containsExactly(
            new Condition(Optional.of(DeviceFlag.SCREEN), true),
            new Condition(Optional.empty(), false));
    assertThat(call.foreground()).isTrue();
    assertThat(call.onInterface()).contains("lo");
    assertThat(all.device()).containsOnlyKeys(DeviceFlag.BATTERY_SAVER);
    assertThat(all.incidents()).hasSize(5);
    assertThat(all.incidents().get(0).takes()).isEqualTo(Duration.ofSeconds(9));
    assertThat(all.incidents().get(4))
        .isEqualTo(
            new Incident.Recreate(
                new Schedule(Times.ALWAYS, 1, Optional.of(Duration.ofMinutes(1))),
                Duration.ofMillis(1),
                List.of("wlan0"),
                true));
  }

  @Test
  void read_namesTheFile() throws Exception {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, Scenarios.shippedText("phone").replace("kind: wifi", "kind: wlan"));

    assertThatThrownBy(() -> Scenarios.read(file))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            file
                + ":12:11: interfaces.wlan0.kind: found \"wlan\","
                + " expected one of ethernet, wifi, mobile, tun");
  }

  @Test
  void read_noFile() {
    assertThatThrownBy(() -> Scenarios.read(directory.resolve("none.yaml")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void shipped_unknownName_saysWhichThereAre() {
    assertThatThrownBy(() -> Scenarios.shipped("tablet"))
        .hasMessage("No scenario \"tablet\" is shipped; there are: phone, server, hostile");
  }
}
