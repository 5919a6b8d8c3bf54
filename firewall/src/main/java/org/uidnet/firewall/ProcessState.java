package org.uidnet.firewall;

/** How important the most important process of a UID is, by Android's names and numbers. */
public enum ProcessState {
  PERSISTENT(0),
  PERSISTENT_UI(1),
  TOP(2),
  BOUND_TOP(3),
  FOREGROUND_SERVICE(4),
  BOUND_FOREGROUND_SERVICE(5),
  IMPORTANT_FOREGROUND(6),
  IMPORTANT_BACKGROUND(7),
  TRANSIENT_BACKGROUND(8),
  BACKUP(9),
  SERVICE(10),
  RECEIVER(11),
  TOP_SLEEPING(12),
  HEAVY_WEIGHT(13),
  HOME(14),
  LAST_ACTIVITY(15),
  CACHED_ACTIVITY(16),
  CACHED_ACTIVITY_CLIENT(17),
  CACHED_RECENT(18),
  CACHED_EMPTY(19),
  /** It has no process. */
  NONEXISTENT(20),
  /** Never allowed anything. */
  UNKNOWN(-1);

  private final int number;

  ProcessState(int number) {
    this.number = number;
  }

  /** Android's number; the smaller, the more important. */
  public int number() {
    return number;
  }

  /** Unknown states are of no importance. */
  boolean isAtLeast(ProcessState other) {
    return this != UNKNOWN && number <= other.number;
  }
}
