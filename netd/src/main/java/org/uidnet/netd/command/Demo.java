package org.uidnet.netd.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.SimulatedDaemon;
import org.uidnet.simulator.scenario.DeviceFlag;
import org.uidnet.simulator.world.DeviceState;

/** A demo in this process, from the making of its past to its end, and what it shows. */
final class Demo implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final SimulatedDaemon.Plan plan;
  private final DemoDirectory directory;
  private final Context context;
  private final SimulatedDaemon daemon;
  private final ProgressBar progress;
  private volatile boolean ending;

  Demo(SimulatedDaemon.Plan plan, DaemonConfig config, DemoDirectory directory, Context context) {
    this.plan = plan;
    this.directory = directory;
    this.context = context;
    progress = new ProgressBar("SIMULATED: " + plan.past().toDays() + " days of history", context);
    daemon = new SimulatedDaemon(plan, config, progress::show, context.clock().instant());
  }

  /** Returns when there is nothing more to show. */
  void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    daemon.makeHistory();
    double seconds = (System.nanoTime() - start) / NANOS;
    daemon.goOn(context.clock().instant());
    progress.end();
    if (!ending) {
      show(header(seconds));
    }
  }

  private void show(List<String> header) throws IOException, InterruptedException {
    try {
      new LiveScreen(context, header, this::state, () -> !ending).show(client());
    } catch (IOException e) {
      if (!ending) {
        throw e;
      }
    }
  }

  private DaemonClient client() {
    StateDir files = directory.files();
    return new DaemonClient(UidnetClient.overSocket(files.apiSocket()), context);
  }

  /** Short, so that a small window has room for figures. */
  private List<String> header(double seconds) {
    StateDir files = directory.files();
    String here = " --state-dir " + files.data();
    return List.of(
        context.style().warning("SIMULATED") + ": " + title() + ". Ctrl-C ends it.",
        "  history    " + history(seconds),
        "  files      " + files.data() + (directory.isTemporary() ? ", removed at the end" : ""),
        "  http       " + HttpAddress.line(daemon.http(), files),
        "In another terminal:",
        "  uidnet open" + here,
        "  uidnet usage --by uid,set,iface --from -"
            + Math.max(1, plan.past().toDays())
            + "d"
            + here,
        "  uidnet history --resolution 1d" + here,
        "  uidnet top" + here,
        "");
  }

  private String title() {
    return Text.plain(plan.scenario().title()) + " (seed " + plan.seed() + ")";
  }

  private String history(double seconds) {
    String made = "%d days, made in %.1f s".formatted(plan.past().toDays(), seconds);
    return daemon.pastReboots() == 0
        ? made
        : made + "; " + lost() + " lost in " + daemon.pastReboots() + " reboots";
  }

  /** Counted after the last snapshot before the power went. */
  private String lost() {
    return Units.IEC.amount(daemon.lostBytes());
  }

  /** The clock and the device. */
  private List<String> state() {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    Instant now = daemon.clock().instant();
    String clock =
        "Simulated time %s, %s"
            .formatted(
                times.second(now.toString()),
                plan.speed() == 1 ? "as fast as ours" : plan.speed() + " times as fast as ours");
    return List.of(clock, "  " + device() + boots(times));
  }

  /** A server has no screen: only what the scenario knows of. */
  private String device() {
    DeviceState device = daemon.device();
    if (device.rebooting()) {
      return "rebooting";
    }
    List<String> words = new ArrayList<>();
    words.add(device.network().map(name -> network(name, device)).orElse("offline"));
    if (device.suspended()) {
      words.add("asleep");
    } else if (knows(DeviceFlag.SCREEN)) {
      words.add(device.screen() ? "screen on" : "screen off");
    }
    if (knows(DeviceFlag.CHARGING)) {
      words.add(device.charging() ? "charging" : "on battery");
    }
    if (device.idle()) {
      words.add("idle");
    }
    if (device.batterySaver()) {
      words.add("battery saver");
    }
    if (device.dataSaver()) {
      words.add("data saver");
    }
    return String.join(" · ", words);
  }

  private static String network(String name, DeviceState device) {
    return Text.plain(name) + (device.metered() ? ", metered" : "");
  }

  private boolean knows(DeviceFlag flag) {
    return plan.scenario().device().containsKey(flag);
  }

  private String boots(LocalTimes times) {
    return daemon.boots() < 2 ? "" : " · rebooted at " + times.second(daemon.bootTime().toString());
  }

  /** In a shutdown hook. */
  void endBySignal() {
    close();
    if (context.terminal()) {
      context.out().println();
      context
          .out()
          .println(
              directory.isTemporary()
                  ? "stopped; nothing is left"
                  : "stopped; history stays in " + directory.files().data());
    }
    context.out().flush();
    Runtime.getRuntime().halt(ExitCode.OK); // Java would answer 128 + the signal's number
  }

  @Override
  public void close() {
    ending = true;
    daemon.close();
    try {
      directory.close();
    } catch (IOException e) {
      context.note("cannot remove " + directory.files().data() + ": " + e.getMessage());
    }
  }
}
