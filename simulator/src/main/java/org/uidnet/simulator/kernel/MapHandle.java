package org.uidnet.simulator.kernel;

import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Trap;
import org.uidnet.simulator.maps.BpfMap;

/** What a program holds when it names a map: no memory, but something to pass to helpers. */
record MapHandle(BpfMap map) implements Fields {
  @Override
  public long load(int offset, int size) {
    throw new Trap("reads " + size + " bytes of map " + map.name() + " itself");
  }
}
