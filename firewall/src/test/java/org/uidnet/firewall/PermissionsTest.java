package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.layout.Layouts;

/** What single UIDs may besides sending packets. */
class PermissionsTest {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private static Setting.Permissions permissions(Set<Long> noInternet, Set<Long> stats) {
    return new Setting.Permissions(
        new TreeSet<>(noInternet), new TreeSet<>(stats), new TreeSet<>());
  }

  @Test
  void updateDeviceStats_isStoredAndAudited() {
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.mayUpdateDeviceStats(UID)).isFalse();
      assertThat(firewall.replace(permissions(Set.of(OTHER), Set.of(UID)), ROOT).changed())
          .isTrue();
      assertThat(firewall.audit(1))
          .containsExactly(
              new AuditEntry(
                  World.START,
                  ROOT.by(),
                  "setting permissions",
                  "",
                  "no-internet 10124\nupdate-device-stats 10123"));
    }
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.mayUpdateDeviceStats(UID)).isTrue();
      assertThat(firewall.mayUpdateDeviceStats(OTHER)).isFalse();
      assertThat(firewall.settings().permissions())
          .isEqualTo(permissions(Set.of(OTHER), Set.of(UID)));
    }
  }

  @Test
  void updateDeviceStats_isNoRuleOfTheKernel() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(permissions(Set.of(), Set.of(UID)), ROOT);
      assertThat(world.maps.wordsOf(UID).flags()).isZero();
      firewall.replace(permissions(Set.of(UID), Set.of()), ROOT);
      assertThat(world.maps.wordsOf(UID).flags()).isEqualTo(Layouts.UID_NO_INTERNET);
    }
  }

  @Test
  void updateDeviceStats_thatNobodyConfirms_isTakenBack() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(
          permissions(Set.of(), Set.of(UID)), ROOT.confirmedWithin(Duration.ofSeconds(60)));
      assertThat(firewall.mayUpdateDeviceStats(UID)).isTrue();
      world.pass(Duration.ofSeconds(61));
      firewall.round();
      assertThat(firewall.mayUpdateDeviceStats(UID)).isFalse();
    }
  }

  @Test
  void root_mayUpdateDeviceStatsAlways() {
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.mayUpdateDeviceStats(0)).isTrue();
    }
  }

  /** Schema 1 had one permission, in a document of its own. */
  @Test
  void open_takesOverThePermissionsOfAnOlderPolicy() throws SQLException {
    world.storeOlder(
        1,
        "INSERT INTO settings VALUES ('internet-permission', '10123 10124')",
        "INSERT INTO pending VALUES (7, 'setting internet-permission', '10123', '"
            + world.expiry(Duration.ofSeconds(60))
            + "')");
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.settings().permissions())
          .isEqualTo(permissions(Set.of(UID, OTHER), Set.of()));
      assertThat(firewall.pending())
          .extracting(Pending::what)
          .isEqualTo(List.of("setting permissions"));
      world.pass(Duration.ofSeconds(61));
      firewall.round();
      assertThat(firewall.settings().permissions()).isEqualTo(permissions(Set.of(UID), Set.of()));
    }
  }
}
