package org.uidnet.stats;

/** Which of a UID's counters traffic went to. */
public enum CounterSet {
  /** In the background, Android's SET_DEFAULT (0). */
  DEFAULT,
  /** In the foreground, Android's SET_FOREGROUND (1). */
  FOREGROUND,
  /** The UID held more slots than it may; its further traffic was counted together (255). */
  OVERFLOW
}
