package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.DeviceFlag.BATTERY_SAVER;
import static org.uidnet.firewall.DeviceFlag.CHARGING;
import static org.uidnet.firewall.DeviceFlag.DATA_SAVER;
import static org.uidnet.firewall.DeviceFlag.DEVICE_IDLE;
import static org.uidnet.firewall.DeviceFlag.LOW_POWER_STANDBY;
import static org.uidnet.firewall.DeviceFlag.RESTRICTED_MODE;
import static org.uidnet.firewall.DeviceFlag.SCREEN_ON;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From inputs to chains: reference/android.md 4.1, 4.3 and the cases of 6.6. */
class StateChainsTest {
  private static final long A = 10_001;
  private static final long B = 10_002;
  private static final long C = 10_003;
  private static final long CORE = 9_898;
  private static final Moment NOW = RandomPolicies.NOW;

  private Policy policy = Policy.initial();
  private ProcessBook processes = ProcessBook.EMPTY;

  private static final OwnDecisions NO_RULES =
      OwnDecisions.of(PolicyStore.Contents.of(Policy.initial()), Links.NONE, NOW, ZoneOffset.UTC);

  private StateChains state() {
    return StateChains.of(policy, processes, Exemptions.ANDROID, NOW);
  }

  private void set(DeviceFlag flag, boolean on) {
    policy = policy.with(policy.settings().device().with(flag, on));
  }

  private void process(long uid, ProcessState state, Capability... capabilities) {
    ProcessReport report = new ProcessReport(state, Set.of(capabilities), Optional.empty());
    processes =
        processes
            .tell(new TreeMap<>(Map.of(uid, report)), BackgroundDelay.of(Duration.ZERO), NOW)
            .book();
  }

  private void idle(Long... uids) {
    policy = policy.with(new Setting.IdleUids(new TreeSet<>(Set.of(uids))));
  }

  private void policy(long uid, UidPolicy wanted) {
    policy = policy.with(policy.settings().uidPolicies().with(uid, wanted));
  }

  private void permissions(Set<Long> noInternet, Set<Long> restricted) {
    policy =
        policy.with(
            new Setting.Permissions(
                new TreeSet<>(noInternet), new TreeSet<>(), new TreeSet<>(restricted)));
  }

  private List<Long> listed(Chain chain) {
    return state().list(chain).toList();
  }

  /** What blocks the UID by all that was told, on a metered network. */
  private List<String> reasons(long uid) {
    StateChains state = state();
    Policy effective = state.addedTo(policy);
    Desired desired =
        Compiler.compile(effective, QuotaBook.EMPTY, Exemptions.ANDROID, Links.NONE, NOW);
    Question onMetered =
        new Question(
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            java.util.OptionalLong.empty());
    Derived derived = new Derived(state, NO_RULES);
    return new Explainer(
            effective, derived, desired, List.of(), Exemptions.ANDROID, Links.NONE, NOW)
        .verdict(uid, onMetered)
        .reasons();
  }

  @Test
  void nothingTold_addsNothing() {
    assertThat(state().addedTo(policy)).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE_IDLE, DOZE",
    "BATTERY_SAVER, 'BATTERY_SAVER METERED_DATA_SAVER'",
    "DATA_SAVER, METERED_DATA_SAVER",
    "RESTRICTED_MODE, RESTRICTED_MODE",
    "LOW_POWER_STANDBY, LOW_POWER_STANDBY",
    "CHARGING, ''",
    "SCREEN_ON, ''",
  })
  void flag_blocksWhoIsOnNoList(DeviceFlag flag, String reasons) {
    set(flag, true);
    assertThat(String.join(" ", reasons(A))).isEqualTo(reasons);
    assertThat(reasons(CORE)).isEmpty();
    set(flag, false);
    assertThat(reasons(A)).isEmpty();
  }

  /** Table 4.1: who is spared by what. */
  @ParameterizedTest
  @CsvSource({
    "DEVICE_IDLE, POWER_SAVE, true",
    "DEVICE_IDLE, POWER_SAVE_EXCEPT_IDLE, false",
    "DEVICE_IDLE, LOW_POWER_STANDBY, false",
    "BATTERY_SAVER, POWER_SAVE, true",
    "BATTERY_SAVER, POWER_SAVE_EXCEPT_IDLE, true",
    "BATTERY_SAVER, LOW_POWER_STANDBY, false",
    "LOW_POWER_STANDBY, POWER_SAVE, false",
    "LOW_POWER_STANDBY, LOW_POWER_STANDBY, true",
    "RESTRICTED_MODE, POWER_SAVE, false",
  })
  void allowlist_sparesWhatAndroidSays(DeviceFlag flag, Allowlist list, boolean spared) {
    set(flag, true);
    set(DATA_SAVER, false);
    policy = policy.withList(list, Set.of(A));
    assertThat(reasons(A).isEmpty()).isEqualTo(spared);
    assertThat(reasons(B)).hasSize(1);
  }

  @Test
  void temporaryAllowlist_sparesUntilItEnds() {
    set(DEVICE_IDLE, true);
    Expiry end = Expiry.after(Duration.ofMinutes(1), NOW);
    policy = policy.withTemporary(Allowlist.POWER_SAVE, A, Rule.ALLOW, end);
    assertThat(listed(Chain.DOZABLE)).containsExactly(A);
    Moment later =
        new Moment(NOW.wall(), NOW.bootId(), NOW.bootNanos() + Duration.ofMinutes(1).toNanos());
    assertThat(
            StateChains.of(policy, processes, Exemptions.ANDROID, later)
                .list(Chain.DOZABLE)
                .toList())
        .isEmpty();
  }

  /** NPMSTest 73. */
  @Test
  void testUidForeground() {
    for (DeviceFlag flag : List.of(DEVICE_IDLE, BATTERY_SAVER)) {
      set(flag, true);
    }
    process(A, ProcessState.SERVICE);
    assertThat(reasons(A)).containsExactly("DOZE", "BATTERY_SAVER", "METERED_DATA_SAVER");
    process(A, ProcessState.TOP);
    assertThat(reasons(A)).isEmpty();
    process(A, ProcessState.SERVICE, Capability.POWER_RESTRICTED_NETWORK);
    assertThat(reasons(A)).containsExactly("METERED_DATA_SAVER");
    process(A, ProcessState.IMPORTANT_FOREGROUND, Capability.USER_RESTRICTED_NETWORK);
    assertThat(reasons(A)).containsExactly("DOZE", "BATTERY_SAVER");
    process(A, ProcessState.UNKNOWN, Capability.POWER_RESTRICTED_NETWORK);
    assertThat(reasons(A)).hasSize(3);
  }

  /** NPMSTest 76: A and C hold the permission, B does not. */
  @Test
  void testUpdateRestrictedModeAllowlist() {
    permissions(Set.of(), Set.of(A, C));
    set(RESTRICTED_MODE, true);
    assertThat(reasons(A)).isEmpty();
    assertThat(reasons(B)).containsExactly("RESTRICTED_MODE");
    assertThat(listed(Chain.RESTRICTED)).containsExactly(A, C);
    process(B, ProcessState.TOP);
    assertThat(reasons(B)).containsExactly("RESTRICTED_MODE");
    set(RESTRICTED_MODE, false);
    assertThat(reasons(B)).isEmpty();
  }

  /** NPMSTest 77. */
  @Test
  void testLowPowerStandbyAllowlist() {
    process(A, ProcessState.TOP);
    policy = policy.withList(Allowlist.LOW_POWER_STANDBY, Set.of(B));
    process(C, ProcessState.FOREGROUND_SERVICE);
    set(LOW_POWER_STANDBY, true);
    assertThat(reasons(A)).isEmpty();
    assertThat(reasons(B)).isEmpty();
    assertThat(reasons(C)).containsExactly("LOW_POWER_STANDBY");
    set(LOW_POWER_STANDBY, false);
    assertThat(reasons(C)).isEmpty();
  }

  /** NPMSTest 78. */
  @Test
  void testRulesNeverAppliedToCoreUids() {
    process(CORE, ProcessState.CACHED_EMPTY);
    idle(CORE);
    policy = policy.with(new Setting.UidPolicies(new TreeSet<>(Set.of(CORE)), new TreeSet<>()));
    for (DeviceFlag flag : List.of(DEVICE_IDLE, BATTERY_SAVER, DATA_SAVER)) {
      set(flag, true);
    }
    assertThat(reasons(CORE)).isEmpty();
    for (Chain chain : Chain.values()) {
      assertThat(listed(chain)).as(chain.label()).isEmpty();
    }
  }

  /** NPMSTest 78. */
  @Test
  void testRulesNeverAppliedToUidsWithoutInternetPermission() {
    permissions(Set.of(A), Set.of());
    process(A, ProcessState.TOP);
    idle(A);
    policy(A, UidPolicy.REJECT_METERED_BACKGROUND);
    assertThat(listed(Chain.RESTRICTED)).containsExactly(A);
    for (Chain chain : Chain.values()) {
      assertThat(listed(chain).isEmpty()).isEqualTo(chain != Chain.RESTRICTED);
    }
  }

  /** NPMSTest 79. */
  @Test
  void testRestrictBackgroundLists_mixedFormat() {
    TreeSet<Long> both = new TreeSet<>(Set.of(A));
    Setting.UidPolicies mixed = new Setting.UidPolicies(both, both);
    assertThat(mixed.of(A)).isEqualTo(UidPolicy.REJECT_METERED_BACKGROUND);
    assertThat(mixed.allowMetered()).isEmpty();
    assertThat(mixed.with(A, UidPolicy.ALLOW_METERED_BACKGROUND).rejectMetered()).isEmpty();
  }

  /** BpfNetMapsReaderTest 80, told by state and not by bits. */
  @Test
  void testIsUidNetworkingBlocked() {
    policy = policy.withList(Allowlist.POWER_SAVE, Set.of(B));
    idle(A, B);
    set(BATTERY_SAVER, true);
    set(DATA_SAVER, false);
    assertThat(reasons(A)).containsExactly("APP_STANDBY", "BATTERY_SAVER");
    assertThat(reasons(B)).isEmpty();
    set(DATA_SAVER, true);
    policy(B, UidPolicy.ALLOW_METERED_BACKGROUND);
    assertThat(reasons(B)).isEmpty();
    policy(B, UidPolicy.REJECT_METERED_BACKGROUND);
    assertThat(reasons(B)).containsExactly("METERED_USER_RESTRICTED", "METERED_DATA_SAVER");
  }

  /** CTS hostside 82, app standby. */
  @Test
  void idle_blocksWhileNotChargingAndNobodySparesIt() {
    idle(A);
    assertThat(reasons(A)).containsExactly("APP_STANDBY");
    assertThat(reasons(B)).isEmpty();
    set(CHARGING, true);
    assertThat(reasons(A)).isEmpty();
    assertThat(state().enabledBy(Chain.STANDBY)).isEmpty();
    set(CHARGING, false);
    policy = policy.withList(Allowlist.POWER_SAVE_EXCEPT_IDLE, Set.of(A));
    assertThat(reasons(A)).isEmpty();
    policy = policy.withList(Allowlist.POWER_SAVE_EXCEPT_IDLE, Set.of());
    process(A, ProcessState.FOREGROUND_SERVICE);
    assertThat(reasons(A)).isEmpty();
  }

  /** The list is there; who tells of all UIDs puts the chain in force by hand. */
  @Test
  void background_isFilledAndNeverEnabled() {
    process(A, ProcessState.RECEIVER);
    process(B, ProcessState.TOP_SLEEPING);
    policy = policy.withList(Allowlist.POWER_SAVE_EXCEPT_IDLE, Set.of(C));
    assertThat(listed(Chain.BACKGROUND)).containsExactly(A, C);
    assertThat(reasons(B)).isEmpty();
    policy = policy.withEnabled("background", true);
    assertThat(reasons(A)).isEmpty();
    assertThat(reasons(B)).containsExactly("APP_BACKGROUND");
    assertThat(reasons(10_009)).as("unknown UID").containsExactly("APP_BACKGROUND");
  }

  @Test
  void uidPolicy_rejectsOnMeteredNetworksInTheBackgroundOnly() {
    policy(A, UidPolicy.REJECT_METERED_BACKGROUND);
    assertThat(reasons(A)).containsExactly("METERED_USER_RESTRICTED");
    process(A, ProcessState.TOP);
    assertThat(reasons(A)).isEmpty();
    policy = policy.withList("metered-deny-admin", Set.of(A));
    assertThat(reasons(A)).containsExactly("METERED_ADMIN_DISABLED");
  }

  /** getRestrictBackgroundStatus. */
  @Test
  void restrictBackground_isAndroids() {
    policy(B, UidPolicy.ALLOW_METERED_BACKGROUND);
    policy(C, UidPolicy.REJECT_METERED_BACKGROUND);
    assertThat(state().restrictBackground(A)).isEqualTo(RestrictBackground.DISABLED);
    assertThat(state().restrictBackground(B)).isEqualTo(RestrictBackground.DISABLED);
    assertThat(state().restrictBackground(C)).isEqualTo(RestrictBackground.ENABLED);
    set(DATA_SAVER, true);
    assertThat(state().restrictBackground(A)).isEqualTo(RestrictBackground.ENABLED);
    assertThat(state().restrictBackground(B)).isEqualTo(RestrictBackground.WHITELISTED);
    assertThat(state().restrictBackground(C)).isEqualTo(RestrictBackground.ENABLED);
    policy = policy.withList("metered-allow", Set.of(A));
    assertThat(state().restrictBackground(A)).isEqualTo(RestrictBackground.WHITELISTED);
    policy = policy.withList("metered-deny-user", Set.of(A));
    assertThat(state().restrictBackground(A)).isEqualTo(RestrictBackground.ENABLED);
  }

  @Test
  void byHand_addsToStateAndATemporaryRuleWins() {
    set(DEVICE_IDLE, true);
    process(A, ProcessState.TOP);
    policy = policy.withList("dozable", Set.of(B));
    assertThat(reasons(A)).isEmpty();
    assertThat(reasons(B)).isEmpty();
    policy = policy.withTemporary("dozable", A, Rule.DENY, Expiry.after(Duration.ofHours(1), NOW));
    assertThat(reasons(A)).containsExactly("DOZE");
    set(DEVICE_IDLE, false);
    policy = policy.withEnabled("dozable", true);
    assertThat(reasons(C)).containsExactly("DOZE");
  }

  @Test
  void detail_saysWhatComesFromWhichInput() {
    set(DEVICE_IDLE, true);
    process(A, ProcessState.TOP);
    policy = policy.withList(Allowlist.POWER_SAVE, Set.of(A));
    assertThat(state().detail(Chain.DOZABLE, A))
        .contains("in force by device-idle; on the list by FOREGROUND, POWER_SAVE_ALLOWLIST");
    assertThat(state().detail(Chain.DOZABLE, B)).contains("in force by device-idle");
    assertThat(state().detail(Chain.POWERSAVE, B)).isEmpty();
  }

  @Test
  void batterySaver_bringsDataSaverUnlessItIsSetMeanwhile() {
    Setting.Device saving = Setting.Device.of(SCREEN_ON).with(BATTERY_SAVER, true);
    assertThat(saving.is(DATA_SAVER)).isTrue();
    assertThat(saving.with(BATTERY_SAVER, false)).isEqualTo(Setting.Device.of(SCREEN_ON));

    Setting.Device without = saving.with(DATA_SAVER, false);
    assertThat(without.is(DATA_SAVER)).isFalse();
    assertThat(without.with(BATTERY_SAVER, false).is(DATA_SAVER)).isFalse();
    assertThat(without.with(BATTERY_SAVER, false).with(BATTERY_SAVER, true).is(DATA_SAVER))
        .isTrue();

    Setting.Device kept = saving.with(DATA_SAVER, true).with(BATTERY_SAVER, false);
    assertThat(kept.is(DATA_SAVER)).isTrue();
    assertThat(Setting.Device.of(DATA_SAVER).with(BATTERY_SAVER, true).with(BATTERY_SAVER, false))
        .isEqualTo(Setting.Device.of(DATA_SAVER));
  }

  @Test
  void bothSaversAtOnce_areWhatWasSaid() {
    Map<DeviceFlag, Boolean> changes = Map.of(DATA_SAVER, false, BATTERY_SAVER, true);
    Setting.Device device = Setting.Device.of().with(changes);
    assertThat(device.is(BATTERY_SAVER)).isTrue();
    assertThat(device.is(DATA_SAVER)).isFalse();
  }
}
