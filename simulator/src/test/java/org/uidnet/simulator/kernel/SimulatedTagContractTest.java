package org.uidnet.simulator.kernel;

import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.TagContract;
import org.uidnet.programs.contract.TagSubject;

class SimulatedTagContractTest extends TagContract {
  @Override
  protected TagSubject open(Sizes sizes) {
    return new SimulatedSubject(sizes);
  }
}
