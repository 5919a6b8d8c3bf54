package org.uidnet.simulator.kernel;

import org.uidnet.programs.contract.DatapathContract;
import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.contract.Subject.Sizes;

class SimulatedDatapathContractTest extends DatapathContract {
  @Override
  protected Subject open(Sizes sizes) {
    return new SimulatedSubject(sizes);
  }
}
