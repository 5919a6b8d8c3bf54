package org.uidnet.netd.kernel;

import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.TagContract;
import org.uidnet.programs.contract.TagSubject;

@KernelTest
class KernelTagContractTest extends TagContract {
  @Override
  protected TagSubject open(Sizes sizes) {
    return new KernelSubject(sizes);
  }
}
