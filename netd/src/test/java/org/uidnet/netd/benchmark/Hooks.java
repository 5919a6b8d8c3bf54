package org.uidnet.netd.benchmark;

import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.ProgramInfo;

/** The programs that a packet runs into on its way out and in. Owns their descriptors. */
record Hooks(Fd egress, Fd ingress) implements AutoCloseable {
  /** Nanoseconds of a run while that goes on, by the kernel's own clock: the mean of both. */
  @SuppressWarnings("try") // timed for as long as the descriptor is open
  double nanosOfRun(Runnable traffic) {
    try (Fd timing = Bpf.timeRuns()) {
      ProgramInfo outBefore = Bpf.programInfo(egress);
      ProgramInfo inBefore = Bpf.programInfo(ingress);
      traffic.run();
      return (nanosOfRun(outBefore, Bpf.programInfo(egress))
              + nanosOfRun(inBefore, Bpf.programInfo(ingress)))
          / 2;
    }
  }

  private static double nanosOfRun(ProgramInfo before, ProgramInfo after) {
    return (double) (after.runNanoseconds() - before.runNanoseconds())
        / (after.runs() - before.runs());
  }

  @Override
  public void close() {
    egress.close();
    ingress.close();
  }
}
