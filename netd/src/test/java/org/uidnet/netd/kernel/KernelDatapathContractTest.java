package org.uidnet.netd.kernel;

import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.contract.DatapathContract;
import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.contract.Subject.Sizes;

@KernelTest
class KernelDatapathContractTest extends DatapathContract {
  @Override
  protected Subject open(Sizes sizes) {
    return new KernelSubject(sizes);
  }
}
