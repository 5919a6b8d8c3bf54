package org.uidnet.netd.kernel;

import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.VerdictContract;

@KernelTest
class KernelVerdictContractTest extends VerdictContract {
  @Override
  protected Subject open(Sizes sizes) {
    return new KernelSubject(sizes);
  }
}
