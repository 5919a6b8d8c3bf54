package org.uidnet.simulator.kernel;

import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.VerdictContract;

class SimulatedVerdictContractTest extends VerdictContract {
  @Override
  protected Subject open(Sizes sizes) {
    return new SimulatedSubject(sizes);
  }
}
