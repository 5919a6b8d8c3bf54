package org.uidnet.programs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What an input may take: memory follows what is there, not what it claims. */
public final class Effort {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Effort() {}

  /** Some work on an input. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Fails if the work allocates more than that in this thread, kept or not, twice in a row: the
   * first time it may be classes that were not loaded yet.
   */
  public static void limited(int megabytes, Work work) throws IOException {
    if (allocated(work) >= megabytes) {
      assertThat(allocated(work)).as("MiB allocated").isLessThan(megabytes);
    }
  }

  private static long allocated(Work work) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before >> 20;
  }
}
