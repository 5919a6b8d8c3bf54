package org.uidnet.stats;

/** Told when a step was reached, so that a test can stop us dead at each of them. */
@FunctionalInterface
interface Steps {
  Steps UNOBSERVED = step -> {};

  void reached(Step step);

  /** In the order of a round; then those of other changes. */
  enum Step {
    RECOVERY_MARKED,
    RECOVERY_DRAINED,
    RECOVERY_PUSHED,
    FORGOTTEN,
    RETIRED,
    AWAITED,
    BEFORE_SNAPSHOT,
    SNAPSHOT_STORED,
    ZEROED,
    BEFORE_CLEAR,
    CLEARED,
    FREED,
    RELEASED,
    PUSHED,
    BEFORE_ROLLUP,
    ROLLED_UP,
    FLOOR_RAISED,
    DELETED,
    BEFORE_OPERATIONS,
    OPERATIONS_STORED,
    BEFORE_REMOVAL,
    REMOVED,
    BEFORE_IMPORT,
    IMPORT_STORED,
    BEFORE_ALERT,
    ALERT_STORED,
    HANDED_OUT,
    BEFORE_SENT,
    SENT,
    VACUUM_BEGUN,
    VACUUM_COPIED,
    VACUUM_CAUGHT_UP,
    VACUUM_REPLACED
  }
}
