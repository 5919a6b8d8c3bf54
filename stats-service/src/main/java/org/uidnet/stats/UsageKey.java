package org.uidnet.stats;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a row of a summary or history stands for; parts it is not grouped by are empty.
 *
 * @param uid present for kind {@code UID} when grouped by UID
 * @param name name of the UID as it was last known in the range; untrusted text
 * @param iface name of the interface as it was then, {@code netns:<cookie>/<name>} for those of
 *     other namespaces, {@code android/wifi} and so on for those of recordings, {@code
 *     imported/<host>/<name>} for those of other hosts; untrusted text
 * @param type what the networks of the interface are: {@code wifi}, {@code mobile+vpn}
 * @param netns cookie of the network namespace
 * @param inner of tunnels, whose traffic is told of the interfaces below them, too; known where
 *     rows are grouped by interface or type
 */
public record UsageKey(
    Kind kind,
    Optional<Long> uid,
    Optional<String> name,
    Optional<CounterSet> set,
    Optional<Long> tag,
    Optional<String> iface,
    Optional<String> network,
    Optional<String> type,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> defaultNetwork,
    Optional<Long> netns,
    Optional<LocalDate> day,
    boolean inner) {

  // Linux has no / in names, and interfaces of other namespaces begin with "netns:".
  static final String RECORDED = "android/";
  static final String RECORDED_BY_DEV = "android-dev/";
  static final String IMPORTED = "imported/";

  /**
   * Whether an import told of it, and nothing was counted here; known where rows are grouped by
   * interface.
   */
  public boolean isRecorded() {
    return iface
        .filter(
            label ->
                label.startsWith(RECORDED)
                    || label.startsWith(RECORDED_BY_DEV)
                    || label.startsWith(IMPORTED))
        .isPresent();
  }

  UsageKey withName(Optional<String> other) {
    return new UsageKey(
        kind,
        uid,
        other,
        set,
        tag,
        iface,
        network,
        type,
        metered,
        roaming,
        defaultNetwork,
        netns,
        day,
        inner);
  }
}
