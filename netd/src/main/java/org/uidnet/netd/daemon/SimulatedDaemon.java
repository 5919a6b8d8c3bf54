package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.HostPort;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.world.DeviceState;
import org.uidnet.simulator.world.Outcome;
import org.uidnet.simulator.world.World;
import org.uidnet.stats.HistoryException;

/**
 * The daemon on a simulated host: first its past is made, then it goes on, faster than our time. A
 * reboot of the host ends the daemon as a loss of power would, and a new one starts.
 *
 * <p>The host is moved by one thread, {@code uidnet-world}; what is read of it here may be read by
 * any.
 */
public final class SimulatedDaemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedDaemon.class);
  private static final Duration STEP = Duration.ofMillis(50);

  /** After we were stopped ourselves the host does not run after the time that it has missed. */
  private static final Duration LONGEST_STEP = Duration.ofMillis(250);

  private final Plan plan;
  private final World world;
  private final SimulatedHistory history;
  private final SimulatedManager manager;
  private final Instant start;
  private final AtomicInteger boots = new AtomicInteger();
  private volatile boolean ending;
  private volatile DaemonConfig config;

  /** Empty between two boots; written by the world's thread, once that runs. */
  private volatile Optional<Daemon> daemon = Optional.empty();

  private @Nullable SimulatedPlatform platform;
  private @Nullable AgentRunner motion;
  private long lastStep;

  /**
   * What is simulated.
   *
   * @param past how long before now it begins
   * @param speed seconds of the host that pass in one of ours
   */
  public record Plan(Scenario scenario, long seed, Duration past, int speed) {
    SimulatedPlatform platform(World world) {
      return new SimulatedPlatform(world, scenario.limits(), speed);
    }
  }

  /** Told how far the past has been made. */
  @FunctionalInterface
  public interface Progress {
    void at(Duration done, Duration all);
  }

  /** A host whose past ends now; nothing has happened yet. */
  public SimulatedDaemon(Plan plan, DaemonConfig config, Progress progress, Instant now) {
    this.plan = plan;
    this.config = config;
    start = now.minus(plan.past());
    world = new World(plan.scenario(), plan.seed(), start);
    manager = new SimulatedManager(world);
    history = new SimulatedHistory(world, plan, config.stateDir().data(), progress, () -> ending);
  }

  /**
   * Makes the past. Returns early when it is closed meanwhile.
   *
   * @throws StartException if it cannot be stored
   */
  public synchronized void makeHistory() {
    passUntil(plan.past());
  }

  private void passUntil(Duration end) {
    try {
      history.passUntil(end);
    } catch (HistoryException e) {
      throw failed(e);
    }
  }

  private static StartException failed(Exception cause) {
    return new StartException(
        StartException.Reason.FAILED, String.valueOf(cause.getMessage()), cause);
  }

  /**
   * Goes on from now, and serves.
   *
   * @param now the clock's; what has passed since the past began to be made is made up for first
   * @throws StartException with what to do
   */
  public synchronized void goOn(Instant now) {
    passUntil(Duration.between(start, now));
    if (ending) {
      return;
    }
    try {
      serve();
    } catch (HistoryException | IOException e) {
      throw failed(e);
    }
    config = config.withHttp(http()); // also the port that was chosen for us stays
    lastStep = System.nanoTime();
    motion = AgentRunner.start("uidnet-world", this::step);
  }

  private void serve() throws IOException {
    SimulatedPlatform next = plan.platform(world);
    daemon = Optional.of(Daemon.start(next, config, world.clock()));
    platform = next;
    boots.incrementAndGet();
  }

  /** If serving fails after a reboot, the next step tries again. */
  private Duration step() {
    long now = System.nanoTime();
    long passed = Math.min(now - lastStep, LONGEST_STEP.toNanos());
    lastStep = now;
    if (world.run(Duration.ofNanos(passed).multipliedBy(plan.speed())) == Outcome.REBOOTED) {
      LOG.info("the simulated host was booted again");
    }
    if (platform == null || !platform.isCurrent()) {
      serveAgain();
    }
    daemon.ifPresent(running -> manager.tell(running.firewall()));
    return STEP;
  }

  private void serveAgain() {
    daemon.ifPresent(Daemon::abandon);
    daemon = Optional.empty();
    try {
      serve();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve after a simulated reboot", e);
    }
  }

  /** The host's wall clock. */
  public Clock clock() {
    return world.clock();
  }

  public DeviceState device() {
    return world.device();
  }

  /** When the present boot began, by the host's wall clock. */
  public Instant bootTime() {
    return world.boot().bootTime();
  }

  /** How often a daemon was started since {@link #goOn}. */
  public int boots() {
    return boots.get();
  }

  /** Reboots in the past that was made. */
  public int pastReboots() {
    return history.reboots();
  }

  /** What those reboots cost: counted, but not in any snapshot. */
  public long lostBytes() {
    return history.lost().rxBytes() + history.lost().txBytes();
  }

  /** Where TCP is served. */
  public Optional<HostPort> http() {
    return daemon.map(Daemon::http).orElseGet(config::http);
  }

  public DaemonConfig config() {
    return config;
  }

  /** Ends it, wherever it is. For any thread. */
  @Override
  public void close() {
    ending = true;
    end();
  }

  private synchronized void end() {
    if (motion != null) {
      motion.close();
      motion = null;
    }
    daemon.ifPresent(Daemon::stop);
    daemon = Optional.empty();
  }
}
