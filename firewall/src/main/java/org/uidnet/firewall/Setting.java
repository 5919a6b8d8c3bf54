package org.uidnet.firewall;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.uidnet.programs.Prefix;

/** A document of the settings: what is not a chain. Values; checked when a policy takes them. */
public sealed interface Setting {
  /** What is told of the device and its UIDs, and what follows from it: {@link StateChains}. */
  sealed interface State extends Setting {}

  /**
   * How the device is.
   *
   * @param flags those that were set
   * @param dataSaverChosen whether data saver was set while power is saved, which sets it too
   */
  record Device(Set<DeviceFlag> flags, boolean dataSaverChosen) implements State {
    public Device {
      EnumSet<DeviceFlag> ordered = EnumSet.noneOf(DeviceFlag.class);
      ordered.addAll(flags);
      flags = Collections.unmodifiableSet(ordered);
    }

    public static Device of(DeviceFlag... flags) {
      return new Device(Set.of(flags), false);
    }

    /** Battery saver brings data saver with it, unless that is set otherwise meanwhile. */
    public boolean is(DeviceFlag flag) {
      boolean brought =
          flag == DeviceFlag.DATA_SAVER
              && flags.contains(DeviceFlag.BATTERY_SAVER)
              && !dataSaverChosen;
      return brought || flags.contains(flag);
    }

    public Device with(DeviceFlag flag, boolean on) {
      EnumSet<DeviceFlag> changed = EnumSet.noneOf(DeviceFlag.class);
      changed.addAll(flags);
      changed.remove(flag);
      changed.addAll(on ? Set.of(flag) : Set.of());
      boolean chosen = dataSaverChosen || flag == DeviceFlag.DATA_SAVER;
      return new Device(changed, chosen && changed.contains(DeviceFlag.BATTERY_SAVER));
    }

    /** Several at once: what is said of data saver holds also if battery saver changes. */
    public Device with(Map<DeviceFlag, Boolean> changes) {
      Device changed = this;
      for (Map.Entry<DeviceFlag, Boolean> change : new TreeMap<>(changes).entrySet()) {
        changed = changed.with(change.getKey(), change.getValue());
      }
      return changed;
    }
  }

  /** UIDs that nobody has used for long. */
  record IdleUids(SortedSet<Long> uids) implements State {
    public IdleUids {
      uids = Collections.unmodifiableSortedSet(new TreeSet<>(uids));
    }

    public IdleUids with(long uid, boolean idle) {
      SortedSet<Long> changed = new TreeSet<>(uids);
      changed.remove(uid);
      changed.addAll(idle ? Set.of(uid) : Set.of());
      return new IdleUids(changed);
    }
  }

  /**
   * What users decided of UIDs on metered networks. A UID that is named by both is rejected.
   *
   * @param rejectMetered who is blocked in the background
   * @param allowMetered who is exempt from data saver
   */
  record UidPolicies(SortedSet<Long> rejectMetered, SortedSet<Long> allowMetered) implements State {
    public UidPolicies {
      rejectMetered = Collections.unmodifiableSortedSet(new TreeSet<>(rejectMetered));
      SortedSet<Long> allowed = new TreeSet<>(allowMetered);
      allowed.removeAll(rejectMetered);
      allowMetered = Collections.unmodifiableSortedSet(allowed);
    }

    public UidPolicy of(long uid) {
      if (rejectMetered.contains(uid)) {
        return UidPolicy.REJECT_METERED_BACKGROUND;
      }
      return allowMetered.contains(uid) ? UidPolicy.ALLOW_METERED_BACKGROUND : UidPolicy.NONE;
    }

    public UidPolicies with(long uid, UidPolicy policy) {
      SortedSet<Long> rejected = new TreeSet<>(rejectMetered);
      SortedSet<Long> allowed = new TreeSet<>(allowMetered);
      rejected.remove(uid);
      allowed.remove(uid);
      switch (policy) {
        case REJECT_METERED_BACKGROUND -> rejected.add(uid);
        case ALLOW_METERED_BACKGROUND -> allowed.add(uid);
        case NONE -> {}
      }
      return new UidPolicies(rejected, allowed);
    }
  }

  /** What interfaces of the host are, by name; they need not exist. */
  record Interfaces(SortedMap<String, Attributes> byName) implements Setting {
    public Interfaces {
      byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** Nothing is said of any. */
    public static Interfaces none() {
      return new Interfaces(new TreeMap<>());
    }

    public Attributes of(String name) {
      return byName.getOrDefault(name, Attributes.PLAIN);
    }

    public Interfaces with(String name, Attributes attributes) {
      SortedMap<String, Attributes> all = new TreeMap<>(byName);
      all.put(name, attributes);
      return new Interfaces(all);
    }
  }

  /**
   * Facts about an interface.
   *
   * @param type what kind of network that is, a word of the history; empty: as its device tells
   * @param network what it is connected to; untrusted text
   */
  record Attributes(
      boolean metered,
      boolean roaming,
      boolean vpn,
      Optional<String> type,
      Optional<String> network,
      boolean defaultNetwork) {
    public static final Attributes PLAIN =
        new Attributes(false, false, false, Optional.empty(), Optional.empty(), false);

    public Attributes withMetered(boolean yes) {
      return new Attributes(yes, roaming, vpn, type, network, defaultNetwork);
    }

    public Attributes withNetwork(Optional<String> name) {
      return new Attributes(metered, roaming, vpn, type, name, defaultNetwork);
    }
  }

  /** Packets of these UIDs come in through that interface only, or, if {@link #ANY}, any. */
  record InterfaceRules(SortedMap<Long, String> byUid) implements Setting {
    public static final String ANY = "*";

    public InterfaceRules {
      byUid = Collections.unmodifiableSortedMap(new TreeMap<>(byUid));
    }
  }

  /** UIDs that may use VPNs only. */
  record Lockdown(SortedSet<Long> uids) implements Setting {
    public Lockdown {
      uids = Collections.unmodifiableSortedSet(new TreeSet<>(uids));
    }
  }

  /** Addresses of the host that only one interface may receive. */
  record IngressDiscard(Map<InetAddress, String> interfaces) implements Setting {
    public IngressDiscard {
      interfaces = Collections.unmodifiableMap(new LinkedHashMap<>(interfaces));
    }
  }

  /**
   * Which addresses are local, and who may not reach them.
   *
   * @param prefixes DENY: local; ALLOW: not so, within a larger one. The longest decides
   */
  record LocalNetwork(Map<Prefix, Rule> prefixes, SortedSet<Long> deniedUids) implements Setting {
    public LocalNetwork {
      prefixes = Collections.unmodifiableMap(new LinkedHashMap<>(prefixes));
      deniedUids = Collections.unmodifiableSortedSet(new TreeSet<>(deniedUids));
    }
  }

  /** Ports that nobody may bind. */
  record BlockedPorts(SortedSet<Integer> ports) implements Setting {
    public BlockedPorts {
      ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    }
  }

  /**
   * Rules that somebody wrote for this host; the first that holds and names the UID decides.
   *
   * @param zone in which their hours are; empty: the host's
   * @param profiles whose rules come first, in this order, while they hold
   */
  record OwnRules(Optional<ZoneId> zone, List<OwnRule> rules, List<OwnProfile> profiles)
      implements Setting {
    public static final OwnRules NONE = new OwnRules(Optional.empty(), List.of(), List.of());

    public OwnRules {
      rules = List.copyOf(rules);
      profiles = List.copyOf(profiles);
    }

    boolean isEmpty() {
      return all().findAny().isEmpty();
    }

    /** Those of profiles too, whether they hold or not. */
    public Stream<OwnRule> all() {
      return Stream.concat(
          profiles.stream().flatMap(profile -> profile.rules().stream()), rules.stream());
    }
  }

  /** Limits to what may be used, by id. */
  record Quotas(SortedMap<String, Quota> byId) implements Setting {
    public Quotas {
      byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    public Quotas with(String id, Quota quota) {
      SortedMap<String, Quota> all = new TreeMap<>(byId);
      all.put(id, quota);
      return new Quotas(all);
    }

    public Quotas without(String id) {
      SortedMap<String, Quota> all = new TreeMap<>(byId);
      all.remove(id);
      return new Quotas(all);
    }
  }

  /**
   * What single UIDs may, by Android's names. Everybody else may use the internet and no more.
   *
   * @param noInternet who may not make sockets
   * @param updateDeviceStats who may count operations of others, and charge them with traffic
   * @param useRestrictedNetworks who passes in restricted mode
   */
  record Permissions(
      SortedSet<Long> noInternet,
      SortedSet<Long> updateDeviceStats,
      SortedSet<Long> useRestrictedNetworks)
      implements Setting {
    public Permissions {
      noInternet = Collections.unmodifiableSortedSet(new TreeSet<>(noInternet));
      updateDeviceStats = Collections.unmodifiableSortedSet(new TreeSet<>(updateDeviceStats));
      useRestrictedNetworks =
          Collections.unmodifiableSortedSet(new TreeSet<>(useRestrictedNetworks));
    }
  }
}
