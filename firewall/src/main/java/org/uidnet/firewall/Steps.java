package org.uidnet.firewall;

/** Told when a step was reached, so that a test can stop us dead at each of them. */
@FunctionalInterface
interface Steps {
  Steps UNOBSERVED = step -> {};

  void reached(Step step);

  /** In the order of a change. */
  enum Step {
    CHECKED,
    COMMITTED,
    WRITTEN,
    DESTROYED
  }
}
