package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.firewall.Capability.POWER_RESTRICTED_NETWORK;
import static org.uidnet.firewall.Capability.USER_RESTRICTED_NETWORK;
import static org.uidnet.firewall.ProcessState.BOUND_FOREGROUND_SERVICE;
import static org.uidnet.firewall.ProcessState.BOUND_TOP;
import static org.uidnet.firewall.ProcessState.CACHED_ACTIVITY;
import static org.uidnet.firewall.ProcessState.CACHED_EMPTY;
import static org.uidnet.firewall.ProcessState.FOREGROUND_SERVICE;
import static org.uidnet.firewall.ProcessState.IMPORTANT_BACKGROUND;
import static org.uidnet.firewall.ProcessState.IMPORTANT_FOREGROUND;
import static org.uidnet.firewall.ProcessState.NONEXISTENT;
import static org.uidnet.firewall.ProcessState.RECEIVER;
import static org.uidnet.firewall.ProcessState.SERVICE;
import static org.uidnet.firewall.ProcessState.TOP;
import static org.uidnet.firewall.ProcessState.TOP_SLEEPING;
import static org.uidnet.firewall.ProcessState.UNKNOWN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Android's predicates of process states and its filter of reports: reference/android.md 4.2. */
class ProcessReportTest {
  private static ProcessReport report(ProcessState state, Capability... capabilities) {
    return new ProcessReport(state, Set.of(capabilities), Optional.empty());
  }

  private static List<ProcessState> that(Predicate<ProcessReport> may, Capability... capabilities) {
    return Arrays.stream(ProcessState.values())
        .filter(state -> state != NONEXISTENT || capabilities.length == 0)
        .filter(state -> may.test(report(state, capabilities)))
        .toList();
  }

  private static List<ProcessState> upTo(ProcessState last) {
    return Arrays.stream(ProcessState.values())
        .filter(state -> state != UNKNOWN && state.number() <= last.number())
        .toList();
  }

  private static List<ProcessState> allWithProcesses() {
    return upTo(CACHED_EMPTY);
  }

  @Test
  void powerSave_allowsUpToBoundForegroundServiceOrByCapability() {
    assertThat(that(ProcessReport::mayUseNetworkInPowerSave))
        .isEqualTo(upTo(BOUND_FOREGROUND_SERVICE));
    assertThat(that(ProcessReport::mayUseNetworkInPowerSave, USER_RESTRICTED_NETWORK))
        .isEqualTo(upTo(BOUND_FOREGROUND_SERVICE));
    assertThat(that(ProcessReport::mayUseNetworkInPowerSave, POWER_RESTRICTED_NETWORK))
        .isEqualTo(allWithProcesses());
  }

  @Test
  void dataSaver_allowsOneStateMoreByCapability() {
    assertThat(that(ProcessReport::mayUseMeteredNetwork)).isEqualTo(upTo(BOUND_FOREGROUND_SERVICE));
    assertThat(that(ProcessReport::mayUseMeteredNetwork, POWER_RESTRICTED_NETWORK))
        .isEqualTo(upTo(BOUND_FOREGROUND_SERVICE));
    assertThat(that(ProcessReport::mayUseMeteredNetwork, USER_RESTRICTED_NETWORK))
        .isEqualTo(upTo(IMPORTANT_FOREGROUND));
  }

  @Test
  void lowPowerStandby_allowsUpToBoundTop() {
    assertThat(that(ProcessReport::mayUseNetworkInLowPowerStandby)).isEqualTo(upTo(BOUND_TOP));
    assertThat(that(ProcessReport::mayUseNetworkInLowPowerStandby, POWER_RESTRICTED_NETWORK))
        .isEqualTo(upTo(BOUND_TOP));
  }

  @Test
  void background_beginsWithTopSleeping() {
    assertThat(that(ProcessReport::isNotInBackground)).isEqualTo(upTo(RECEIVER));
    assertThat(that(ProcessReport::isNotInBackground, POWER_RESTRICTED_NETWORK))
        .isEqualTo(allWithProcesses());
    assertThat(that(ProcessReport::isNotInBackground, USER_RESTRICTED_NETWORK))
        .isEqualTo(upTo(RECEIVER));
  }

  /** NPMSTest 73. */
  @Test
  void testUidForeground() {
    ProcessReport service = report(SERVICE, POWER_RESTRICTED_NETWORK);
    assertThat(service.mayUseNetworkInPowerSave()).isTrue();
    assertThat(service.mayUseMeteredNetwork()).isFalse();
    ProcessReport important = report(IMPORTANT_FOREGROUND, USER_RESTRICTED_NETWORK);
    assertThat(important.mayUseMeteredNetwork()).isTrue();
    assertThat(important.mayUseNetworkInPowerSave()).isFalse();
    assertThat(report(SERVICE).mayUseNetworkInPowerSave()).isFalse();
    assertThat(report(TOP).mayUseMeteredNetwork()).isTrue();
  }

  private static boolean matters(ProcessReport before, ProcessReport after) {
    boolean matters = after.mattersAfter(Optional.of(before));
    assertThat(before.mattersAfter(Optional.of(after))).isEqualTo(matters);
    return matters;
  }

  /** NPMSTest 75. */
  @Test
  void testUidObserverFilters_thresholds() {
    assertThat(matters(report(BOUND_FOREGROUND_SERVICE), report(IMPORTANT_FOREGROUND))).isTrue();
    assertThat(matters(report(RECEIVER), report(TOP_SLEEPING))).isTrue();
    assertThat(matters(report(FOREGROUND_SERVICE), report(BOUND_FOREGROUND_SERVICE))).isFalse();
    assertThat(matters(report(IMPORTANT_FOREGROUND), report(SERVICE))).isFalse();
    assertThat(matters(report(TOP_SLEEPING), report(CACHED_ACTIVITY))).isFalse();
    assertThat(matters(report(TOP), report(BOUND_TOP))).isTrue();
    assertThat(matters(report(BOUND_TOP), report(FOREGROUND_SERVICE))).isTrue();
  }

  /** NPMSTest 75. */
  @Test
  void testUidObserverFilters_capabilities() {
    ProcessReport plain = report(IMPORTANT_BACKGROUND);
    assertThat(matters(plain, report(IMPORTANT_BACKGROUND, POWER_RESTRICTED_NETWORK))).isTrue();
    assertThat(matters(plain, report(IMPORTANT_BACKGROUND, USER_RESTRICTED_NETWORK))).isTrue();
    assertThat(matters(plain, report(IMPORTANT_BACKGROUND))).isFalse();
  }

  /** What is told after a UID has gone is the first that is told of it. */
  @Test
  void mattersAfter_nothing_always() {
    assertThat(report(CACHED_EMPTY).mattersAfter(Optional.empty())).isTrue();
    assertThat(report(CACHED_EMPTY).mattersAfter(Optional.of(report(NONEXISTENT)))).isTrue();
  }

  @Test
  void capabilitiesWithoutProcesses_areRefused() {
    assertThatThrownBy(() -> report(NONEXISTENT, POWER_RESTRICTED_NETWORK))
        .isInstanceOf(FirewallException.class)
        .hasMessageContaining("no capabilities");
  }
}
