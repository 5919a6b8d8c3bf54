package org.uidnet.firewall;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.uidnet.programs.Prefix;

/** A document of the settings: what is not a chain. Values; checked when a policy takes them. */
public sealed interface Setting {
  /** On metered networks, only UIDs on {@code metered-allow} pass. */
  record DataSaver(boolean on) implements Setting {}

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
   */
  record Permissions(SortedSet<Long> noInternet, SortedSet<Long> updateDeviceStats)
      implements Setting {
    public Permissions {
      noInternet = Collections.unmodifiableSortedSet(new TreeSet<>(noInternet));
      updateDeviceStats = Collections.unmodifiableSortedSet(new TreeSet<>(updateDeviceStats));
    }
  }
}
