package org.uidnet.stats;

import org.uidnet.programs.layout.Layouts;

/** Which of a UID's counters traffic went to. */
public enum CounterSet {
  /** In the background, Android's SET_DEFAULT (0). */
  DEFAULT(Layouts.SET_DEFAULT),
  /** In the foreground, Android's SET_FOREGROUND (1). */
  FOREGROUND(Layouts.SET_FOREGROUND),
  /** The UID held more slots than it may; its further traffic was counted together (255). */
  OVERFLOW(Layouts.SET_OVERFLOW);

  private final int number;

  CounterSet(int number) {
    this.number = number;
  }

  /** As programs know it. */
  int number() {
    return number;
  }

  static CounterSet of(int number) {
    return switch (number) {
      case Layouts.SET_FOREGROUND -> FOREGROUND;
      case Layouts.SET_OVERFLOW -> OVERFLOW;
      default -> DEFAULT;
    };
  }
}
