package org.uidnet.netd.differential;

import java.util.List;

/**
 * veth pairs between namespaces 0 and 1, 2 and 3, with offloads on as they come. Host 1 is the
 * first of a pair, host 2 the second.
 */
final class Links {
  private Links() {}

  static String address(boolean ipv6, int host) {
    return ipv6 ? "fd00:77::" + host : "10.77.0." + host;
  }

  /** The interface of that host. */
  static int index(int host) {
    return 10 + host;
  }

  static void connect(List<TestNamespace> namespaces) {
    for (int i = 0; i + 1 < namespaces.size(); i += 2) {
      namespaces
          .get(i)
          .run(
              "ip link add veth0 index %d type veth peer name veth0 index %d netns %d"
                  .formatted(index(1), index(2), namespaces.get(i + 1).pid()));
      configure(namespaces.get(i), 1);
      configure(namespaces.get(i + 1), 2);
    }
  }

  private static void configure(TestNamespace namespace, int host) {
    namespace.run("ip addr add %s/24 dev veth0".formatted(address(false, host)));
    namespace.run("ip addr add %s/64 dev veth0 nodad".formatted(address(true, host)));
    namespace.run("ip link set veth0 up");
  }
}
