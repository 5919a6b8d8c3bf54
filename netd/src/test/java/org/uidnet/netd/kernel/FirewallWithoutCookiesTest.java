package org.uidnet.netd.kernel;

import org.junit.jupiter.api.BeforeAll;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;

/** The same before Linux 6.15, where programs take the namespace of each packet for the host's. */
@KernelTest
class FirewallWithoutCookiesTest extends FirewallDatapathTest {
  /** It would be the very same there. */
  @BeforeAll
  static void assumeThatTheKernelHasThem() {
    HostKernel.assumeNamespaceCookies();
  }

  @Override
  Wire wire(String name) {
    return new Wire(name, false);
  }
}
