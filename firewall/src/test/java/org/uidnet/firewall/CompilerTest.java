package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.layout.Layouts;

class CompilerTest {
  private static final Policy INITIAL = Policy.initial();

  private static Desired compile(Policy policy, Exemptions exemptions) {
    return Compiler.compile(
        policy, QuotaBook.EMPTY, exemptions, RandomPolicies.LINKS, RandomPolicies.NOW);
  }

  /** Everything is on, and the UID on every denying list and no other. */
  @ParameterizedTest
  @CsvSource({
    "LINUX, 0, true, false, false",
    "LINUX, 1, true, true, false",
    "LINUX, 999, true, true, false",
    "LINUX, 1000, false, true, true",
    "LINUX, 10000, false, true, true",
    "LINUX, 61183, false, true, true",
    "LINUX, 61184, true, true, false",
    "LINUX, 65519, true, true, false",
    "LINUX, 65520, false, true, true",
    "LINUX, 65534, false, true, true",
    "ANDROID, 0, true, false, false",
    "ANDROID, 9999, true, false, false",
    "ANDROID, 10000, false, true, true",
    "ANDROID, 65519, false, true, true",
    "ANDROID, 1001000, false, true, true",
  })
  void exemptions_areByProfile(
      Exemptions profile, long uid, boolean allowed, boolean denied, boolean lockedDown) {
    Set<Long> uids = Set.of(uid);
    Policy policy =
        INITIAL
            .withCustom("night", Chain.Kind.ALLOWLIST)
            .withCustom("kids", Chain.Kind.DENYLIST)
            .withList("kids", uids)
            .withList("oem-deny-1", uids)
            .withList("metered-deny-admin", uids)
            .with(new Setting.Lockdown(new TreeSet<>(uids)))
            .with(new Setting.Permissions(new TreeSet<>(uids), new TreeSet<>(), new TreeSet<>()))
            .with(new Setting.InterfaceRules(new TreeMap<>(Map.of(uid, "wlan0"))));
    Rows.Row row = compile(policy, profile).rows().row(uid);
    int denying = Layouts.CHAIN_OEM_DENY_1 | Layouts.CHAIN_METERED_DENY_ADMIN;
    assertThat(row.rules()).isEqualTo((allowed ? Compiler.ALLOWLISTS : 0) | (denied ? denying : 0));
    assertThat(row.custom()).isEqualTo((allowed ? 1 : 0) | (denied ? 2 : 0));
    int flags = Layouts.UID_NO_INTERNET | Layouts.UID_INTERFACE_RULE;
    assertThat(row.flags())
        .isEqualTo((denied ? flags : 0) | (lockedDown ? Layouts.UID_LOCKDOWN : 0));
    assertThat(row.allowedInterface()).isEqualTo(denied ? 2 : 0);
  }

  @Test
  void rows_areAskedForOnlyWhereARuleNamesTheUid() {
    Policy policy = INITIAL.withList("dozable", Set.of(10_000L, 70_000L));
    assertThat(compile(policy, Exemptions.LINUX).rows().highUids()).containsExactly(70_000L);
    assertThat(compile(INITIAL, Exemptions.LINUX).rows().row(10_000)).isEqualTo(Rows.Row.NONE);
  }

  @ParameterizedTest
  @CsvSource({"false, false, 0", "false, true, 0", "true, false, 8194", "true, true, 8195"})
  void meteredLists_areInForceWhereANetworkIsMetered(boolean metered, boolean saver, int bits) {
    Setting.Attributes attributes =
        new Setting.Attributes(metered, true, false, Optional.empty(), Optional.empty(), false);
    Policy policy =
        INITIAL
            .with(new Setting.Interfaces(new TreeMap<>(Map.of("wlan0", attributes))))
            .with(Setting.Device.of().with(DeviceFlag.DATA_SAVER, saver));
    assertThat(compile(policy, Exemptions.LINUX).enabledChains()).isEqualTo(bits);
  }

  @Test
  void attributes_ofAContainersInterfaceAreItsOwn() {
    Setting.Attributes vpn =
        new Setting.Attributes(false, false, true, Optional.empty(), Optional.empty(), false);
    Policy policy =
        INITIAL.with(
            new Setting.Interfaces(new TreeMap<>(Map.of("netns:9/eth0", vpn, "eth0", vpn))));
    assertThat(compile(policy, Exemptions.LINUX).networks())
        .containsExactly(
            Map.entry(
                new org.uidnet.programs.NetworkId(Interfaces.CONTAINER, 2), Layouts.NETWORK_VPN));
  }

  /** A container may have an interface of that name, too. */
  @Test
  void tunnel_isMarkedInTheHostAlone() {
    Links links =
        Links.of(
            List.of(Interfaces.WLAN, Interfaces.VPN, Interfaces.FOREIGN), Set.of("tun0", "eth0"));
    Desired desired =
        Compiler.compile(INITIAL, QuotaBook.EMPTY, Exemptions.LINUX, links, RandomPolicies.NOW);
    assertThat(desired.networks())
        .containsExactly(
            Map.entry(
                new org.uidnet.programs.NetworkId(Interfaces.HOST, 4), Layouts.NETWORK_TUNNEL));
  }

  @Test
  void allowlists_areThoseOfTheHeader() {
    assertThat(Compiler.ALLOWLISTS).isEqualTo(1 | 4 | 16 | 32 | 64 | 4096);
    assertThat(Compiler.METERED).isEqualTo(1 | 2 | 8192);
  }
}
