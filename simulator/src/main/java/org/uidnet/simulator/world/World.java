package org.uidnet.simulator.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.uidnet.programs.Networks;
import org.uidnet.programs.UidNames;
import org.uidnet.simulator.scenario.Activity;
import org.uidnet.simulator.scenario.DeviceFlag;
import org.uidnet.simulator.scenario.InterfaceSpec;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.UserSpec;

/**
 * Runs a scenario over simulated kernels: one seed, one result.
 *
 * <p>Each actor (an activity of a user, an incident, the strangers at an interface) has random
 * numbers of its own and puts its next action into one queue of events. Between events nothing
 * happens and nothing costs. A {@link Host} is what lives from boot to reboot; a {@link
 * Conversation} is the traffic of one socket.
 *
 * <p>One thread runs it; everything else may be read from any thread.
 */
public final class World {
  private final Scenario scenario;
  private final Events events = new Events();
  private final WorldClock clock;
  private final Map<Long, String> names = new HashMap<>();
  private final List<User> users;
  private final Conversations conversations = new Conversations(events);
  private final Surroundings surroundings;
  private final SplittableRandom boots;
  private volatile Host host;
  private volatile Boot boot;
  private volatile DeviceState device;

  /**
   * Boots for the first time.
   *
   * @param start true time at which it begins, and what the wall clock says then
   */
  public World(Scenario scenario, long seed, Instant start) {
    this.scenario = scenario;
    clock = new WorldClock(start, events, scenario.zone());
    users = scenario.users().stream().map(User::new).toList();
    users.forEach(user -> names.put(user.spec().uid(), user.spec().name()));
    surroundings = new Surroundings(scenario, events, clock);
    Randoms randoms = new Randoms(seed);
    boots = randoms.of("boots");
    host = newHost();
    boot = describe(host);
    device = look();
    start(randoms);
  }

  private void start(Randoms randoms) {
    Rhythms rhythms = new Rhythms(events, clock, scenario.zone(), randoms);
    surroundings.start(spec -> applyLink(host, spec), this::publishState);
    users.forEach(user -> start(user, rhythms));
    new Strangers(events, this::host).start(scenario, randoms);
    new Accidents(events, clock, this).start(scenario, rhythms);
  }

  /** A user who does the same kind of thing twice has two actors. */
  private void start(User user, Rhythms rhythms) {
    Map<String, Integer> actors = new HashMap<>();
    UserSpec spec = user.spec();
    for (Activity activity : spec.activities()) {
      String kind = activity.exchange().name();
      int number = actors.merge(kind, 1, Integer::sum);
      rhythms.begin(
          "%s %s %d".formatted(spec.name(), kind, number),
          activity.schedule(),
          true,
          random -> act(user, activity, random));
    }
  }

  private void act(User user, Activity activity, SplittableRandom random) {
    boolean wanted = random.nextDouble() < activity.chance();
    if (wanted && host.isRunning() && surroundings.allow(activity.when(), host.own().carrier())) {
      conversations.begin(host, user, activity, random);
    }
  }

  /**
   * Lets that much true time pass, suspends included, or less, up to the end of the next boot. How
   * the time is cut into runs makes no difference.
   */
  public Outcome run(Duration time) {
    boolean all = events.runUntil(Math.addExact(events.now(), time.toNanos()));
    return all ? Outcome.DONE : Outcome.REBOOTED;
  }

  /** True time since the world began. */
  public Duration elapsed() {
    return Duration.ofNanos(events.now());
  }

  /** The device's wall clock: true time and jumps. */
  public Clock clock() {
    return clock;
  }

  /** The present one; while the host is off, the last. */
  public Boot boot() {
    return boot;
  }

  /** The interfaces of whatever boot is the present one. */
  public Networks networks() {
    return () -> host.interfaces();
  }

  public UidNames names() {
    return uid -> Optional.ofNullable(names.get(uid));
  }

  public DeviceState device() {
    return device;
  }

  /** UIDs that do something in the foreground. For the world's thread. */
  public Set<Long> foreground() {
    return users.stream()
        .filter(User::isInForeground)
        .map(user -> user.spec().uid())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Names of the host's interfaces that are metered, up or not. */
  public Set<String> metered() {
    return scenario.interfaces().stream()
        .filter(InterfaceSpec::metered)
        .map(InterfaceSpec::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What really happened in this boot, by interface index; what is measured can be compared. */
  public List<Truth> truth() {
    return host.truth();
  }

  Host host() {
    return host;
  }

  /** The host is up again, and remembers nothing. */
  void reboot() {
    events.wakeUp();
    users.forEach(User::reboot);
    host = newHost();
    boot = describe(host);
    scenario.interfaces().forEach(spec -> applyLink(host, spec));
    publishState();
    events.stop();
  }

  private Host newHost() {
    long began = events.now();
    return new Host(scenario, Randoms.uuid(boots), clock.instant(), () -> events.now() - began);
  }

  private Boot describe(Host booted) {
    String id = Randoms.uuid(boots).toString();
    return new Boot(id, clock.instant(), booted.kernel()::nanos, booted.kernel());
  }

  /** Up or down, as the time of day says. */
  void applyLink(Host of, InterfaceSpec spec) {
    boolean up = surroundings.isNow(spec.up());
    of.own().device(spec.name()).ifPresent(link -> of.own().setUp(link, up));
  }

  void publishState() {
    device = look();
  }

  private DeviceState look() {
    Optional<NetworkDevice> carrier = host.own().carrier();
    return new DeviceState(
        surroundings.is(DeviceFlag.SCREEN),
        surroundings.is(DeviceFlag.CHARGING),
        surroundings.is(DeviceFlag.IDLE),
        surroundings.is(DeviceFlag.BATTERY_SAVER),
        surroundings.is(DeviceFlag.DATA_SAVER),
        carrier.map(link -> link.spec().name()),
        Surroundings.isMetered(carrier),
        events.isAsleep(),
        !host.isRunning());
  }
}
