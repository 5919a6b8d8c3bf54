package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;
import static org.uidnet.programs.layout.Layouts.NETWORK_VPN;
import static org.uidnet.programs.layout.Layouts.QUOTAS_OF_ALL;
import static org.uidnet.programs.layout.Layouts.QUOTAS_PER_UID;
import static org.uidnet.programs.layout.Layouts.UID_INTERFACE_RULE;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.TypedMap;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.QuotaTable;
import org.uidnet.programs.layout.UidTable;

/**
 * Writes the difference between what the maps hold and what they shall hold. Remembers nothing of
 * policies: whatever it finds, also after a restart or a failure, it goes on from. For one thread.
 *
 * <p>Order: first all that blocks more, then the switches, then all that blocks less. Lists are
 * written before their chain is enabled; a chain that is disabled keeps its list until it is; of a
 * list that changes while its chain is enabled, first what it newly blocks. So nobody who is
 * blocked before and after is let through meanwhile, whichever rules it is by. A list that changes
 * is one store a row, so that a UID in both lists is not touched, and a chain is switched by one
 * store. A quota is described before anything names it; one that takes the place of another in a
 * row does so by one store.
 *
 * <p>A call that fails does not stop the others, except those that would let through what it should
 * have blocked.
 */
final class Reconciler {
  private final RuleMaps maps;

  /** Rows are never given to another UID as long as the maps live. */
  private final Map<Long, Integer> rowsOfHighUids = new HashMap<>();

  Reconciler(RuleMaps maps) {
    this.maps = maps;
  }

  /** Answers what failed; empty: the maps hold what they shall. */
  List<String> apply(Desired desired) {
    return apply(desired, Optional.empty());
  }

  /**
   * The same, looking at nothing that stays as it is.
   *
   * @param held what the maps are known to hold
   */
  List<String> apply(Desired desired, Optional<Desired> held) {
    try {
      Pass pass = new Pass(desired, held);
      pass.attempt(pass::run);
      return pass.failures;
    } catch (DatapathException e) {
      return List.of("no map of rules can be reached: " + e.getMessage());
    }
  }

  /** One attempt. It asks for the view again before each store, so that tests see each of them. */
  private final class Pass {
    private final Desired desired;
    private final Optional<Desired> held;
    private final Control control = maps.control();
    private final UidTable uids = maps.uids();
    private final List<String> failures = new ArrayList<>();

    private final Words chains = new Words();
    private final Words custom = new Words();

    /** Rows that are not as they shall be, by their number. */
    private final Map<Integer, Rows.Row> changing = new HashMap<>();

    /** Numbers of quotas that rows or control name. */
    private final BitSet namedQuotas = new BitSet();

    Pass(Desired desired, Optional<Desired> held) {
      this.desired = desired;
      this.held = held;
    }

    private boolean isHeld(Function<Desired, ?> part) {
      return held.filter(before -> part.apply(before).equals(part.apply(desired))).isPresent();
    }

    void run() {
      boolean networks = close(Desired::networks, this::closeNetworks);
      boolean local = close(Desired::localNetworks, this::closeLocalNetworks);
      boolean discard =
          close(
              Desired::ingressDiscard,
              () -> putAll(maps.ingressDiscard(), desired.ingressDiscard()));
      writePorts(true);
      setSwitches(control.switches() | desired.switches());
      closeChains();
      openChains();
      setSwitches(desired.switches());
      writePorts(false);
      openAfter(networks, maps.networks(), Desired::networks);
      openAfter(local, maps.localNetworks(), Desired::localNetworks);
      openAfter(discard, maps.ingressDiscard(), Desired::ingressDiscard);
    }

    private boolean close(Function<Desired, ?> part, Runnable step) {
      return isHeld(part) || attempt(step);
    }

    /** After this every chain blocks whom it shall, and maybe more. */
    private void closeChains() {
      int reused = control.customAllowlists() ^ desired.customAllowlists();
      if (!isHeld(Desired::rows)) {
        findRows();
      }
      describeQuotas();
      chains.classify(control.enabledChains(), desired.enabledChains(), 0);
      custom.classify(control.enabledCustom(), desired.enabledCustom(), reused);
      writeRows(true);
      writeQuotasOfAll(true);
      setCustom(control.enabledCustom() | (desired.enabledCustom() & ~reused));
      setChains(control.enabledChains() | desired.enabledChains());
      if (reused != 0) {
        reuse(reused);
      }
    }

    /** The number of a deleted chain may be that of a new one of the other kind. */
    private void reuse(int bits) {
      setCustom(control.enabledCustom() & ~bits);
      maps.control().setCustomAllowlists(desired.customAllowlists());
      custom.leaving &= ~bits;
      writeRows(true);
      setCustom(control.enabledCustom() | desired.enabledCustom());
    }

    private void openChains() {
      chains.staying = 0;
      custom.staying = 0;
      writeRows(false);
      setChains(desired.enabledChains());
      setCustom(desired.enabledCustom());
      chains.leaving = 0;
      custom.leaving = 0;
      writeRows(false);
      writeQuotasOfAll(false);
      desired.quotas().forEach((number, quota) -> setLimit(number, quota.limit()));
    }

    /**
     * Lower limits now, higher ones in the end; but those of quotas that nothing names yet as they
     * shall be, as what their counters show has nothing to do with them.
     */
    private void describeQuotas() {
      desired.quotas().forEach(this::describeQuota);
    }

    private void describeQuota(int number, Desired.Quota wanted) {
      QuotaTable quotas = maps.quotas();
      if (quotas.netns(number) != wanted.netns()
          || quotas.ifindex(number) != wanted.ifindex()
          || quotas.flags(number) != wanted.flags()) {
        maps.quotas().describe(number, wanted.netns(), wanted.ifindex(), wanted.flags());
      }
      if (!isNamed(number) || wanted.limit() < quotas.limit(number)) {
        setLimit(number, wanted.limit());
      }
    }

    /** Rows that hold name all that they shall. */
    private boolean isNamed(int number) {
      boolean byRows =
          held.map(before -> before.isQuotaOfSome(number)).orElseGet(() -> namedQuotas.get(number));
      return byRows || Numbers.contains(quotasOfAll(), number);
    }

    private void setLimit(int number, long limit) {
      if (maps.quotas().limit(number) != limit) {
        maps.quotas().setLimit(number, limit);
      }
    }

    private int[] quotasOfAll() {
      return IntStream.range(0, QUOTAS_OF_ALL).map(control::quotaOfAll).toArray();
    }

    private void writeQuotasOfAll(boolean closing) {
      int[] present = quotasOfAll();
      int[] next = Numbers.next(present, desired.quotasOfAll(), closing);
      for (int n = 0; n < next.length; n++) {
        if (next[n] != present[n]) {
          maps.control().setQuotaOfAll(n, next[n]);
        }
      }
    }

    private void setChains(int bits) {
      if (control.enabledChains() != bits) {
        maps.control().setEnabledChains(bits);
      }
    }

    private void setCustom(int bits) {
      if (control.enabledCustom() != bits) {
        maps.control().setEnabledCustom(bits);
      }
    }

    private void setSwitches(int bits) {
      if (control.switches() != bits) {
        maps.control().setSwitches(bits);
      }
    }

    boolean attempt(Runnable step) {
      int before = failures.size();
      try {
        step.run();
      } catch (DatapathException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
      return failures.size() == before;
    }

    private void writePorts(boolean beforeSwitch) {
      if (desired.blockedPorts().isEmpty() != beforeSwitch && !isHeld(Desired::blockedPorts)) {
        maps.blockedPorts().set(desired.blockedPorts());
      }
    }

    private void findRows() {
      if (held.isPresent()) {
        desired.rows().differingFrom(held.get().rows()).stream().forEach(this::change);
      } else {
        findLowRows();
      }
      Map<Long, Integer> high = new HashMap<>();
      for (long uid : desired.rows().highUids()) {
        attempt(() -> rowOf(uid).ifPresent(row -> high.put(uid, row)));
      }
      int end = LOW_UIDS + control.highRowsEverUsed();
      for (int row = LOW_UIDS; row < end; row++) {
        noteQuotas(row);
        changing.put(row, unclaimed(row, high));
      }
      high.forEach((uid, row) -> changing.put(row, desired.rows().row(uid)));
    }

    private void findLowRows() {
      for (int uid = 0; uid < LOW_UIDS; uid++) {
        noteQuotas(uid);
        if (!isAsWanted(uid)) {
          change(uid);
        }
      }
    }

    private void change(int uid) {
      changing.put(uid, desired.rows().row(uid));
    }

    private void noteQuotas(int row) {
      for (int n = 0; n < QUOTAS_PER_UID; n++) {
        namedQuotas.set(uids.quota(row, n));
      }
    }

    private OptionalInt rowOf(long uid) {
      Integer known = rowsOfHighUids.get(uid);
      if (known != null) {
        return OptionalInt.of(known);
      }
      OptionalInt row = maps.makeRow(uid);
      if (row.isEmpty()) {
        failures.add(
            ("no row is left for the rules of UID %d: it is judged as one on no list; give uidnet"
                    + " more rows, or take UIDs from %d on off the lists")
                .formatted(uid, LOW_UIDS));
      }
      row.ifPresent(number -> rowsOfHighUids.put(uid, number));
      return row;
    }

    private boolean isAsWanted(int uid) {
      return desired
              .rows()
              .hasWords(
                  uid,
                  uids.rules(uid),
                  uids.custom(uid),
                  uids.flags(uid),
                  uids.allowedInterface(uid))
          && desired.rows().hasQuotas(uid, uids.quota(uid, 0), uids.quota(uid, 1));
    }

    /**
     * Rows that no rule wants hold nothing, whoever has them. But a UID whose row could not be
     * asked for keeps its rules where it seems to have one.
     */
    private Rows.Row unclaimed(int row, Map<Long, Integer> high) {
      long uid = uids.uid(row);
      return uid < LOW_UIDS || high.containsKey(uid) ? Rows.Row.NONE : desired.rows().row(uid);
    }

    private void writeRows(boolean closing) {
      changing.forEach((row, wanted) -> writeRow(row, wanted, closing));
    }

    private void writeRow(int row, Rows.Row wanted, boolean closing) {
      boolean hasInterface = (wanted.flags() & UID_INTERFACE_RULE) != 0;
      if (hasInterface) {
        writeAllowed(row, wanted);
      }
      writeRules(row, chains.next(uids.rules(row), wanted.rules(), Compiler.ALLOWLISTS));
      writeCustom(row, custom.next(uids.custom(row), wanted.custom(), desired.customAllowlists()));
      writeQuotas(row, wanted, closing);
      writeFlags(row, closing ? uids.flags(row) | wanted.flags() : wanted.flags());
      if (!hasInterface && !closing) {
        writeAllowed(row, wanted);
      }
    }

    private void writeRules(int row, int rules) {
      if (uids.rules(row) != rules) {
        maps.uids().setRules(row, rules);
      }
    }

    private void writeCustom(int row, int custom) {
      if (uids.custom(row) != custom) {
        maps.uids().setCustom(row, custom);
      }
    }

    private void writeQuotas(int row, Rows.Row wanted, boolean closing) {
      int[] present = {uids.quota(row, 0), uids.quota(row, 1)};
      int[] next = Numbers.next(present, wanted.quotas(), closing);
      for (int n = 0; n < next.length; n++) {
        if (next[n] != present[n]) {
          maps.uids().setQuota(row, n, next[n]);
        }
      }
    }

    private void writeFlags(int row, int flags) {
      if (uids.flags(row) != flags) {
        maps.uids().setFlags(row, flags);
      }
    }

    private void writeAllowed(int row, Rows.Row wanted) {
      if (uids.allowedInterface(row) != wanted.allowedInterface()) {
        maps.uids().setAllowedInterface(row, wanted.allowedInterface());
      }
    }

    /** Metered networks block more, VPNs less. */
    private void closeNetworks() {
      Map<NetworkId, Integer> present = maps.networks().entries();
      desired
          .networks()
          .forEach(
              (id, flags) -> {
                int before = present.getOrDefault(id, 0);
                int strict = ((before | flags) & ~NETWORK_VPN) | (before & flags & NETWORK_VPN);
                if (strict != before) {
                  attempt(() -> maps.networks().put(id, strict));
                }
              });
    }

    /** Prefixes that make addresses local, and exceptions that end. */
    private void closeLocalNetworks() {
      putSome(maps.localNetworks(), desired.localNetworks(), (key, local) -> local);
      removeSome(
          maps.localNetworks(),
          (key, local) -> !local && !desired.localNetworks().containsKey(key));
    }

    /** Brings a map to its end, unless what should have blocked before failed. */
    private <K, V> void openAfter(
        boolean closed, TypedMap<K, V> map, Function<Desired, Map<K, V>> part) {
      if (closed && !isHeld(part)) {
        Map<K, V> wanted = part.apply(desired);
        attempt(
            () -> {
              putAll(map, wanted);
              removeOthers(map, wanted);
            });
      }
    }

    private <K, V> void putAll(TypedMap<K, V> map, Map<K, V> wanted) {
      putSome(map, wanted, (key, value) -> true);
    }

    private <K, V> void putSome(TypedMap<K, V> map, Map<K, V> wanted, BiPredicate<K, V> which) {
      Map<K, V> present = map.entries();
      wanted.forEach(
          (key, value) -> {
            if (which.test(key, value) && !value.equals(present.get(key))) {
              attempt(() -> map.put(key, value));
            }
          });
    }

    private <K, V> void removeOthers(TypedMap<K, V> map, Map<K, V> wanted) {
      removeSome(map, (key, value) -> !wanted.containsKey(key));
    }

    private <K, V> void removeSome(TypedMap<K, V> map, BiPredicate<K, V> which) {
      map.entries()
          .forEach(
              (key, value) -> {
                if (which.test(key, value)) {
                  attempt(() -> map.remove(key));
                }
              });
    }
  }

  /** Words that hold numbers of quotas, 0 being none. */
  private static final class Numbers {
    /**
     * What stands there next: numbers that stay keep their place. While closing only free places
     * are taken, so that nothing ends before all that shall be is there.
     */
    static int[] next(int[] present, List<Integer> wanted, boolean closing) {
      int[] next = present.clone();
      Deque<Integer> missing = new ArrayDeque<>(wanted);
      missing.removeIf(number -> contains(present, number));
      for (int n = 0; n < next.length; n++) {
        boolean stays = next[n] != 0 && (closing || wanted.contains(next[n]));
        if (!stays) {
          next[n] = missing.isEmpty() ? 0 : missing.remove();
        }
      }
      return next;
    }

    static boolean contains(int[] numbers, int number) {
      return IntStream.of(numbers).anyMatch(each -> each == number);
    }
  }

  /** How far the bits of a word of lists may be written at present. */
  private static final class Words {
    /** Chains that are to be disabled: lists stay as they are. */
    private int leaving;

    /** Chains that are enabled and stay so: lists may only block more. */
    private int staying;

    void classify(int enabled, int wanted, int reused) {
      leaving = enabled & (~wanted | reused);
      staying = enabled & ~leaving;
    }

    int next(int present, int wanted, int allowlists) {
      int strict = (present & wanted & allowlists) | ((present | wanted) & ~allowlists);
      return (present & leaving) | (strict & staying) | (wanted & ~leaving & ~staying);
    }
  }
}
