package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.uidnet.programs.Trace;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.NetworkNamespace;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.maps.BpfMap;
import org.uidnet.simulator.maps.Contents;

/** The simulated kernel. */
final class MachineSide implements Side {
  private static final UUID EPOCH = new UUID(1, 2);

  private final SimulatedKernel kernel;
  private final Map<String, BpfMap> maps;
  private final List<Trace> taken = new ArrayList<>();

  MachineSide(ProgramObject object, Limits limits) {
    kernel = SimulatedKernel.boot(object, limits, EPOCH, Instant.EPOCH, () -> 1);
    maps = kernel.maps().stream().collect(Collectors.toMap(BpfMap::name, Function.identity()));
  }

  SimulatedKernel kernel() {
    return kernel;
  }

  /** A socket that the create hook has not seen, as the kernel's test run has one. */
  Socket unseenSocket(long uid, NetworkNamespace namespace) {
    return kernel.olderSocket(uid, namespace, Socket.AF_INET, 2, 17);
  }

  @Override
  public ByteBuffer memory(String map) {
    return map(map).values().memory().duplicate().order(ByteOrder.nativeOrder());
  }

  @Override
  public void put(String map, byte[] key, byte[] value) {
    check(map(map).update(buffer(key), 0, buffer(value), 0, BpfMap.ANY));
  }

  @Override
  public void push(String map, byte[] value) {
    check(map(map).push(buffer(value), 0, BpfMap.ANY));
  }

  @Override
  public void clear(String name) {
    BpfMap map = map(name);
    for (Contents.Entry entry : map.contents().entries()) {
      if (map.keySize() == 0) {
        check(map.pop(buffer(new byte[map.valueSize()]), 0));
      } else {
        check(map.delete(buffer(entry.key().toArray()), 0));
      }
    }
  }

  @Override
  public List<Trace> takeTraces() {
    List<Trace> traces = new ArrayList<>();
    kernel.datapath().pollTraces(traces::add);
    taken.addAll(traces);
    return traces;
  }

  /** How many of the packets that were taken out are such. */
  long traced(Predicate<Trace> such) {
    return taken.stream().filter(such).count();
  }

  @Override
  public Contents contents(String map) {
    return map(map).contents();
  }

  private BpfMap map(String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new AssertionError("there is no map " + name);
    }
    return map;
  }

  private static void check(int result) {
    if (result < 0) {
      throw new AssertionError("the simulated map answers " + result);
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
