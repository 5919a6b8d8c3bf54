package org.uidnet.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Networks;

/**
 * Names of interfaces, as the kernel numbers them. They are asked for again after a while, and
 * where one is not known, but at most once a second: a packet's may be gone already. Thread-safe.
 */
final class InterfaceNames {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceNames.class);
  private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final Networks networks;
  private final LongSupplier nanoTime;
  private final Map<NetworkId, Name> names = new HashMap<>();
  private long lastLook;
  private long host;

  InterfaceNames(Networks networks, LongSupplier nanoTime) {
    this.networks = networks;
    this.nanoTime = nanoTime;
    lastLook = nanoTime.getAsLong() - FRESH_NANOS;
  }

  /**
   * One interface.
   *
   * @param text its name, {@code netns:<cookie>/<name>} in other namespaces; untrusted
   * @param netns cookie of its namespace; empty for the host's
   */
  record Name(String text, Optional<Long> netns) {}

  synchronized Name of(long netns, int ifindex) {
    NetworkId id = new NetworkId(netns, ifindex);
    long age = nanoTime.getAsLong() - lastLook;
    if (age >= (names.containsKey(id) ? FRESH_NANOS : BETWEEN_LOOKS_NANOS)) {
      look();
    }
    return Optional.ofNullable(names.get(id)).orElseGet(() -> unnamed(id));
  }

  private void look() {
    lastLook = nanoTime.getAsLong();
    try {
      List<Networks.Interface> links = networks.interfaces();
      names.clear();
      links.forEach(this::add);
    } catch (DatapathException e) {
      LOG.warn("interfaces are shown without names: {}", e.getMessage());
    }
  }

  private void add(Networks.Interface link) {
    Name name = new Name(link.label(), link.host() ? Optional.empty() : Optional.of(link.netns()));
    names.put(new NetworkId(link.netns(), link.ifindex()), name);
    if (link.host()) {
      host = link.netns();
    }
  }

  private Name unnamed(NetworkId id) {
    String name = "if" + id.ifindex();
    return id.netns() == host
        ? new Name(name, Optional.empty())
        : new Name(Networks.Interface.label(id.netns(), name), Optional.of(id.netns()));
  }
}
