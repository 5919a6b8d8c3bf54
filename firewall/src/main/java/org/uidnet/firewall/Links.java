package org.uidnet.firewall;

import java.util.List;
import java.util.Optional;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Networks;

/** The interfaces that there are now. A value. */
record Links(List<Link> all) {
  static final Links NONE = new Links(List.of());

  /**
   * One of them.
   *
   * @param name as elsewhere: {@code wlan0}, {@code netns:4026/eth0}
   */
  record Link(NetworkId id, boolean host, String name) {}

  Links {
    all = List.copyOf(all);
  }

  static Links of(List<Networks.Interface> interfaces) {
    return new Links(interfaces.stream().map(Links::link).toList());
  }

  private static Link link(Networks.Interface link) {
    return new Link(new NetworkId(link.netns(), link.ifindex()), link.host(), link.label());
  }

  Optional<Link> named(String name) {
    return all.stream().filter(link -> link.name().equals(name)).findFirst();
  }

  Optional<Link> ofHost(String name) {
    return all.stream().filter(link -> link.host() && link.name().equals(name)).findFirst();
  }
}
