package org.uidnet.netd.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.uidnet.netd.daemon.RunningDaemon;
import org.uidnet.netd.daemon.RunningDaemon.Ending;
import org.uidnet.netd.daemon.Unloading;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.object.ProgramObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "unload",
    mixinStandardHelpOptions = true,
    header = "Stop the daemon, then detach and unpin everything of uidnet.",
    description = {
      "",
      "Works with or without a daemon, and after a crash of one. Nothing is counted or blocked"
          + " afterwards; history and settings stay. Without --cgroup it detaches the programs of"
          + " uidnet wherever they are on this host.",
      ""
    },
    footer = {"", "Examples:", "  sudo uidnet unload"})
final class UnloadCommand implements Callable<Integer> {
  /** Finds links by their program, and the pins' file system. */
  private static final List<String> NEEDED = List.of("CAP_BPF", "CAP_NET_ADMIN", "CAP_SYS_ADMIN");

  private final Context context;
  private final PrintWriter out;
  private final Supplier<List<Feature>> permissions;

  @Mixin private DaemonOption daemonOption;
  @Mixin private KernelOptions kernel;

  UnloadCommand(Context context) {
    this(context, () -> new Probe(ProgramObject.load()).permissions());
  }

  UnloadCommand(Context context, Supplier<List<Feature>> permissions) {
    this.context = context;
    this.permissions = permissions;
    out = context.out();
  }

  @Override
  public Integer call() {
    requirePermission();
    try {
      List<String> before = stopDaemon();
      show(Unloading.run(kernel.place()), before);
      return ExitCode.OK;
    } catch (KernelException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } catch (SysException e) {
      throw new CommandException(
          e.errno() == Errno.EPERM ? ExitCode.NOT_PERMITTED : ExitCode.FAILED, e.getMessage());
    } finally {
      out.flush();
    }
  }

  /** Asked first: a daemon must not be stopped if what it leaves cannot be removed. */
  private void requirePermission() {
    List<String> missing =
        permissions.get().stream()
            .filter(feature -> NEEDED.contains(feature.name()))
            .filter(feature -> feature.answer() instanceof Probe.No)
            .map(Feature::name)
            .toList();
    if (!missing.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_PERMITTED,
          "cannot detach programs without "
              + String.join(", ", missing)
              + ": run it as root (sudo uidnet unload)");
    }
  }

  /** Answers what the daemon had attached. */
  private List<String> stopDaemon() {
    Optional<RunningDaemon> daemon = RunningDaemon.at(daemonOption.stateDir().apiSocket());
    if (daemon.isEmpty()) {
      return List.of();
    }
    return daemon.get().isSimulation() ? leave(daemon.get()) : stop(daemon.get());
  }

  private List<String> leave(RunningDaemon simulation) {
    context.note(
        "the daemon there (pid %d) is a simulation and attaches nothing; it goes on"
            .formatted(simulation.pid()));
    return List.of();
  }

  private List<String> stop(RunningDaemon daemon) {
    out.println("stopping the daemon (pid %d) …".formatted(daemon.pid()));
    out.flush();
    if (daemon.stop() == Ending.KILLED) {
      context.note(
          "it did not end within 15 s and was killed; what it counted since its last snapshot is"
              + " lost");
    }
    return daemon.programs();
  }

  private void show(Unload.Report report, List<String> detachedByDaemon) {
    List<String> detached = report.detached().isEmpty() ? detachedByDaemon : report.detached();
    if (!detached.isEmpty()) {
      out.println("detached " + String.join(", ", detached));
    }
    if (report.unpinned() > 0) {
      out.println("unpinned the maps" + (report.unpinned() > 1 ? " of several versions" : ""));
    }
    if (report.unmounted()) {
      out.println("unmounted the bpf file system of the pins");
    }
    out.println("nothing of uidnet is attached" + (detached.isEmpty() ? "" : " any more"));
  }
}
