package org.uidnet.netd.daemon;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.uidnet.api.HostPort;
import org.uidnet.firewall.FirewallConfig;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.tags.TagConfig;

/**
 * How the daemon works, on any platform.
 *
 * @param http where TCP is served; empty for the unix socket alone
 * @param pollInterval time between snapshots, 1 s to 5 min
 * @param profile whom rules spare
 * @param admins UIDs that may see and do what root may, besides 0
 * @param tags how sockets may be tagged
 * @param attribution whose traffic it is that others carry
 * @param background when a UID is in the background
 * @param historyMaxBytes above this size the oldest and finest rows of history go early
 * @param inputs which services of the host are listened to
 * @param fleet where history is sent
 */
public record DaemonConfig(
    StateDir stateDir,
    Optional<HostPort> http,
    Duration pollInterval,
    Profile profile,
    Set<Long> admins,
    TagConfig tags,
    AttributionConfig attribution,
    BackgroundConfig background,
    long historyMaxBytes,
    InputConfig inputs,
    FleetConfig fleet) {
  public DaemonConfig {
    requirePollInterval(pollInterval);
    admins = Set.copyOf(admins);
  }

  /** Of a Linux host, without admins but root. */
  public DaemonConfig(StateDir stateDir, Optional<HostPort> http, Duration pollInterval) {
    this(
        stateDir,
        http,
        pollInterval,
        Profile.LINUX,
        Set.of(),
        TagConfig.DEFAULT,
        AttributionConfig.NONE,
        BackgroundConfig.DEFAULT,
        Long.MAX_VALUE,
        InputConfig.NONE,
        FleetConfig.NONE);
  }

  DaemonConfig withHttp(Optional<HostPort> address) {
    return new DaemonConfig(
        stateDir,
        address,
        pollInterval,
        profile,
        admins,
        tags,
        attribution,
        background,
        historyMaxBytes,
        inputs,
        fleet);
  }

  /** The same that listens to these services of the host. */
  public DaemonConfig withInputs(InputConfig services) {
    return new DaemonConfig(
        stateDir,
        http,
        pollInterval,
        profile,
        admins,
        tags,
        attribution,
        background,
        historyMaxBytes,
        services,
        fleet);
  }

  /** The same that sends history there. */
  public DaemonConfig withFleet(FleetConfig sinks) {
    return new DaemonConfig(
        stateDir,
        http,
        pollInterval,
        profile,
        admins,
        tags,
        attribution,
        background,
        historyMaxBytes,
        inputs,
        sinks);
  }

  FirewallConfig firewall() {
    return new FirewallConfig(
        stateDir.data(),
        profile.exemptions(),
        background.delay(),
        ZoneId.systemDefault(),
        attribution.tunnels().tunnels().ofOwners());
  }

  /**
   * The same interval.
   *
   * @throws IllegalArgumentException if it is too short or too long
   */
  public static Duration requirePollInterval(Duration interval) {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0
        || interval.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(
          "the poll interval is " + interval.toSeconds() + " s; it must be 1 s to 5 min");
    }
    return interval;
  }
}
