package org.uidnet.netd.testing;

import org.junit.jupiter.api.Assumptions;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.programs.object.ProgramObject;

/** What the kernel that runs the tests can do, where not all that we support can. */
public final class HostKernel {
  private static final boolean NAMESPACE_COOKIES =
      new Probe(ProgramObject.load()).namespaceCookies().isYes();

  private HostKernel() {}

  /** Whether packet programs may ask for their network namespace. */
  public static boolean hasNamespaceCookies() {
    return NAMESPACE_COOKIES;
  }

  /**
   * Whether programs see the answers of listening sockets to SYNs. Before Linux 6.13 they do over
   * IPv4 alone: the socket that IPv6 gave them was not the packet's.
   */
  public static boolean judgesAnswersToSyns(boolean ipv6) {
    return !ipv6 || isSince(6, 13);
  }

  private static boolean isSince(int major, int minor) {
    String[] release = System.getProperty("os.version").split("[.-]", 3);
    int running = Integer.parseInt(release[0]);
    return running > major || running == major && Integer.parseInt(release[1]) >= minor;
  }

  /** For a test of what is not promised without them. */
  public static void assumeNamespaceCookies() {
    Assumptions.assumeTrue(
        NAMESPACE_COOKIES, "needs network namespaces of packets, which Linux 6.15 has");
  }
}
