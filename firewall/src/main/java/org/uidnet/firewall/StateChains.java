package org.uidnet.firewall;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the state of the device and of its UIDs does to chains: Android's table from inputs to
 * chains ({@code NetworkPolicyManagerService}), as a pure function. It adds to what was set by
 * hand, and takes nothing away.
 *
 * <p>{@code background} is filled and never enabled: on a host that tells of few UIDs it would
 * block all others. Who tells of all enables it by hand.
 */
final class StateChains {
  private final Policy told;
  private final ProcessBook processes;
  private final Exemptions exemptions;
  private final Moment now;
  private final EnumMap<Chain, UidSet> lists = new EnumMap<>(Chain.class);

  private StateChains(Policy told, ProcessBook processes, Exemptions exemptions, Moment now) {
    this.told = told;
    this.processes = processes;
    this.exemptions = exemptions;
    this.now = now;
  }

  static StateChains of(Policy told, ProcessBook processes, Exemptions exemptions, Moment now) {
    StateChains state = new StateChains(told, processes.at(now), exemptions, now);
    state.fill();
    return state;
  }

  /** Many UIDs are alike, so that the table is read once for each kind. */
  private void fill() {
    Map<Set<Allowance>, Set<Chain>> byAllowances = new HashMap<>();
    Map<Long, Set<Chain>> byUid = new HashMap<>();
    spared()
        .forEach(
            uid ->
                byUid.put(uid, byAllowances.computeIfAbsent(allowances(uid), StateChains::lifted)));
    for (Chain chain : Chain.values()) {
      lists.put(chain, UidSet.of(listed(chain, byUid)));
    }
  }

  /** Chains of which nothing is left by the allowances. */
  private static Set<Chain> lifted(Set<Allowance> allowed) {
    EnumSet<Chain> lifted = EnumSet.noneOf(Chain.class);
    for (Chain chain : Chain.values()) {
      if (Allowance.effective(Set.of(chain.blockedReason()), allowed).isEmpty()) {
        lifted.add(chain);
      }
    }
    return lifted;
  }

  private LongStream listed(Chain chain, Map<Long, Set<Chain>> lifted) {
    LongPredicate isLifted = uid -> lifted.getOrDefault(uid, Set.of()).contains(chain);
    return chain.kind().isAllowlist()
        ? stream(lifted.keySet()).filter(isLifted)
        : denied(chain).filter(this::isGoverned).filter(isLifted.negate());
  }

  private LongStream denied(Chain chain) {
    return switch (chain) {
      case STANDBY -> device().is(DeviceFlag.CHARGING) ? LongStream.empty() : idle();
      case METERED_DENY_USER -> stream(told.settings().uidPolicies().rejectMetered());
      default -> LongStream.empty();
    };
  }

  private LongStream idle() {
    return stream(told.settings().idleUids().uids());
  }

  private static LongStream stream(Set<Long> uids) {
    return uids.stream().mapToLong(Long::longValue);
  }

  private Setting.Device device() {
    return told.settings().device();
  }

  /** Those who may have an allowance; all that are exempt are on every list anyway. */
  private LongStream spared() {
    LongStream uids = stream(processes.byUid().keySet());
    for (Allowlist list : Allowlist.values()) {
      uids = LongStream.concat(uids, told.allowlist(list).uids(now).stream());
    }
    Setting.Permissions permissions = told.settings().permissions();
    uids = LongStream.concat(uids, stream(permissions.noInternet()));
    uids = LongStream.concat(uids, stream(permissions.useRestrictedNetworks()));
    uids = LongStream.concat(uids, stream(told.settings().uidPolicies().allowMetered()));
    return uids.filter(uid -> !exemptions.fromAllowlists(uid)).distinct();
  }

  /** Rules by state are for those only who could use the network otherwise. */
  private boolean isGoverned(long uid) {
    return !exemptions.fromAllowlists(uid)
        && !told.settings().permissions().noInternet().contains(uid);
  }

  /** Why the UID is spared, whatever blocks. */
  Set<Allowance> allowances(long uid) {
    EnumSet<Allowance> all = EnumSet.noneOf(Allowance.class);
    if (exemptions.fromAllowlists(uid)) {
      all.add(Allowance.SYSTEM);
      all.add(Allowance.METERED_SYSTEM);
    }
    Setting.Permissions permissions = told.settings().permissions();
    if (permissions.noInternet().contains(uid)) {
      all.add(Allowance.RESTRICTED_MODE_PERMISSIONS);
      return all;
    }
    add(all, Allowance.RESTRICTED_MODE_PERMISSIONS, permissions.useRestrictedNetworks(), uid);
    add(all, Allowance.METERED_USER_EXEMPTED, told.settings().uidPolicies().allowMetered(), uid);
    addLists(all, uid);
    processes.find(uid).ifPresent(process -> addProcess(all, process));
    return all;
  }

  private static void add(Set<Allowance> all, Allowance allowance, Set<Long> uids, long uid) {
    add(all, allowance, uids.contains(uid));
  }

  private static void add(Set<Allowance> all, Allowance allowance, boolean holds) {
    if (holds) {
      all.add(allowance);
    }
  }

  private void addLists(Set<Allowance> all, long uid) {
    add(all, Allowance.POWER_SAVE_ALLOWLIST, isOn(Allowlist.POWER_SAVE, uid));
    add(
        all,
        Allowance.POWER_SAVE_EXCEPT_IDLE_ALLOWLIST,
        isOn(Allowlist.POWER_SAVE_EXCEPT_IDLE, uid));
    add(all, Allowance.LOW_POWER_STANDBY_ALLOWLIST, isOn(Allowlist.LOW_POWER_STANDBY, uid));
  }

  private boolean isOn(Allowlist list, long uid) {
    return told.allowlist(list).lists(uid, now);
  }

  private void addProcess(Set<Allowance> all, Processes process) {
    ProcessReport report = process.report();
    add(all, Allowance.FOREGROUND, report.mayUseNetworkInPowerSave());
    add(all, Allowance.METERED_FOREGROUND, report.mayUseMeteredNetwork());
    add(all, Allowance.TOP, report.mayUseNetworkInLowPowerStandby());
    add(all, Allowance.NOT_IN_BACKGROUND, process.isNotInBackground(now));
  }

  /** How data saver stands for a UID. What was set by hand on chains decides as its policy does. */
  RestrictBackground restrictBackground(long uid) {
    if (told.settings().uidPolicies().rejectMetered().contains(uid)
        || told.chain(Chain.METERED_DENY_USER.label()).lists(uid, now)) {
      return RestrictBackground.ENABLED;
    }
    if (!device().is(DeviceFlag.DATA_SAVER)) {
      return RestrictBackground.DISABLED;
    }
    boolean exempted =
        exemptions.fromAllowlists(uid)
            || told.settings().uidPolicies().allowMetered().contains(uid)
            || told.chain(Chain.METERED_ALLOW.label()).lists(uid, now);
    return exempted ? RestrictBackground.WHITELISTED : RestrictBackground.ENABLED;
  }

  UidSet list(Chain chain) {
    return lists.getOrDefault(chain, UidSet.EMPTY);
  }

  /** The state that puts the chain in force; empty: none does. */
  Optional<String> enabledBy(Chain chain) {
    return switch (chain) {
      case DOZABLE -> flag(DeviceFlag.DEVICE_IDLE);
      case POWERSAVE -> flag(DeviceFlag.BATTERY_SAVER);
      case RESTRICTED -> flag(DeviceFlag.RESTRICTED_MODE);
      case LOW_POWER_STANDBY -> flag(DeviceFlag.LOW_POWER_STANDBY);
      case STANDBY ->
          list(chain).isEmpty() ? Optional.empty() : Optional.of("idle UIDs, not charging");
      default -> Optional.empty();
    };
  }

  private Optional<String> flag(DeviceFlag flag) {
    return device().is(flag) ? Optional.of(flag.label()) : Optional.empty();
  }

  /** The policy with what state adds to it. */
  Policy addedTo(Policy policy) {
    Policy all = policy;
    for (Chain chain : Chain.values()) {
      if (!list(chain).isEmpty() || enabledBy(chain).isPresent()) {
        all = all.withState(chain, list(chain), enabledBy(chain).isPresent());
      }
    }
    return all;
  }

  ChainInfo.ByState byState(ChainState chain) {
    return Chain.of(chain.name())
        .map(builtIn -> new ChainInfo.ByState(enabledBy(builtIn), list(builtIn)))
        .orElse(ChainInfo.ByState.NOTHING);
  }

  /** What of a chain comes from state, for a UID; for people to read. */
  Optional<String> detail(Chain chain, long uid) {
    Optional<String> enabled = enabledBy(chain).map(input -> "in force by " + input);
    Optional<String> listed =
        list(chain).contains(uid) ? Optional.of(why(chain, uid)) : Optional.empty();
    return enabled.isPresent() && listed.isPresent()
        ? Optional.of(enabled.get() + "; " + listed.get())
        : enabled.or(() -> listed);
  }

  private String why(Chain chain, long uid) {
    if (!chain.kind().isAllowlist()) {
      return "on the list by " + (chain == Chain.STANDBY ? "idle" : "the UID's policy");
    }
    return Allowance.lifting(chain.blockedReason(), allowances(uid)).stream()
        .map(Allowance::name)
        .collect(Collectors.joining(", ", "on the list by ", ""));
  }
}
