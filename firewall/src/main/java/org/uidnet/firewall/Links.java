package org.uidnet.firewall;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Networks;

/** The interfaces that there are now. A value. */
record Links(List<Link> all) {
  static final Links NONE = new Links(List.of());

  /**
   * One of them.
   *
   * @param name as elsewhere: {@code wlan0}, {@code netns:4026/eth0}
   * @param tunnel whether programs meet its packets once more, in those below
   */
  record Link(NetworkId id, boolean host, String name, boolean tunnel) {}

  Links {
    all = List.copyOf(all);
  }

  /**
   * @param tunnels names of those that are tunnels
   */
  static Links of(List<Networks.Interface> interfaces, Set<String> tunnels) {
    return new Links(interfaces.stream().map(link -> link(link, tunnels)).toList());
  }

  private static Link link(Networks.Interface link, Set<String> tunnels) {
    String name = link.label();
    return new Link(
        new NetworkId(link.netns(), link.ifindex()), link.host(), name, tunnels.contains(name));
  }

  Optional<Link> named(String name) {
    return all.stream().filter(link -> link.name().equals(name)).findFirst();
  }

  Optional<Link> ofHost(String name) {
    return all.stream().filter(link -> link.host() && link.name().equals(name)).findFirst();
  }
}
