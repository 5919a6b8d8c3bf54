package org.uidnet.netd.benchmark;

import java.util.Optional;

/** What the packets of a cgroup, or of a network namespace, meet until it is closed. */
interface Installed extends AutoCloseable {
  /** The programs, if it is programs. */
  default Optional<Hooks> hooks() {
    return Optional.empty();
  }

  @Override
  void close();
}
