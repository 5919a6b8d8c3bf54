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

  /** For a test of what is not promised without them. */
  public static void assumeNamespaceCookies() {
    Assumptions.assumeTrue(
        NAMESPACE_COOKIES, "needs network namespaces of packets, which Linux 6.15 has");
  }
}
