package org.uidnet.simulator.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.machine.Trap;

/**
 * What a map call answers is compared with the kernel by MapDifferenceTest in netd; here is what
 * only programs can see, and what cannot be made at all.
 */
class MapsTest {
  private static final int CPUS = 2;

  private final Memory memory = new Memory();

  private BpfMap map(int type, int keySize, int valueSize, int entries, int flags) {
    return BpfMap.create(
        new MapSpec("test", type, keySize, valueSize, entries, flags, 0, 0, Optional.empty()),
        memory,
        CPUS);
  }

  private BpfMap hash(int entries) {
    return map(1, 4, 8, entries, 0);
  }

  private static ByteBuffer key(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value);
  }

  private static ByteBuffer value(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
  }

  private static int put(BpfMap map, int key, long value) {
    return map.update(key(key), 0, value(value), 0, BpfMap.ANY);
  }

  private long at(long address) {
    Region region = memory.region(address);
    return region.memory().getLong(memory.readable(address, 8));
  }

  @Test
  void hash_valueReplaced_isTheOldOneForWhoHoldsIt() {
    BpfMap hash = hash(4);
    put(hash, 1, 10);
    long held = hash.lookup(key(1), 0);
    put(hash, 1, 20);
    assertThat(at(held)).isEqualTo(10);
    assertThat(at(hash.lookup(key(1), 0))).isEqualTo(20);
  }

  /** The danger that slots.h guards against. */
  @Test
  void hash_keyDeleted_itsElementIsTheNextKeys() {
    BpfMap hash = hash(4);
    put(hash, 1, 10);
    long held = hash.lookup(key(1), 0);
    hash.delete(key(1), 0);
    assertThat(at(held)).isEqualTo(10);
    put(hash, 2, 20);
    assertThat(at(held)).isEqualTo(20);
  }

  @Test
  void hash_full_valuesCanStillBeReplacedOnAllCpus() {
    BpfMap hash = hash(2);
    put(hash, 1, 10);
    put(hash, 2, 20);
    assertThat(put(hash, 3, 30)).isEqualTo(-Errno.E2BIG);
    for (int i = 0; i < 10; i++) {
      assertThat(put(hash, 1 + i % 2, i)).isZero();
    }
    assertThat(at(hash.lookup(key(1), 0))).isEqualTo(8);
    assertThat(at(hash.lookup(key(2), 0))).isEqualTo(9);
  }

  @Test
  void array_valueReplaced_isTheNewOneForWhoHoldsIt() {
    BpfMap array = map(2, 4, 8, 3, 0);
    long held = array.lookup(key(2), 0);
    put(array, 2, 20);
    assertThat(at(held)).isEqualTo(20);
  }

  @Test
  void array_indexBeyondIt_isNull() {
    BpfMap array = map(2, 4, 8, 3, 0);
    assertThat(array.lookup(key(3), 0)).isZero();
    assertThat(array.lookup(key(-1), 0)).isZero();
  }

  /** Sockets with storage of their own. */
  private static final class Holder implements SocketStorageMap.Holder {
    private final Map<SocketStorageMap, Integer> storage = new HashMap<>();

    @Override
    public Map<SocketStorageMap, Integer> storage() {
      return storage;
    }
  }

  private SocketStorageMap storage(int flags) {
    return (SocketStorageMap) map(24, 4, 8, 0, flags);
  }

  @Test
  void storage_neverAskedToBeMade_isNull() {
    assertThat(storage(1).get(new Holder())).isZero();
  }

  @Test
  void storage_ofManySockets_growsAndKeepsAddresses() {
    SocketStorageMap storage = storage(1);
    Holder[] sockets = new Holder[1000];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Holder();
      long address = storage.getOrCreate(sockets[i]);
      memory.region(address).memory().putLong(memory.writable(address, 8), i);
    }
    for (int i = 0; i < sockets.length; i++) {
      assertThat(at(storage.get(sockets[i]))).isEqualTo(i);
    }
  }

  @Test
  void storage_ofAClosedSocket_isZeroForTheNextOne() {
    SocketStorageMap storage = storage(1);
    Holder first = new Holder();
    long address = storage.getOrCreate(first);
    memory.region(address).memory().putLong(memory.writable(address, 8), 5);
    storage.closed(first);
    assertThat(storage.get(first)).isZero();
    Holder second = new Holder();
    assertThat(storage.getOrCreate(second)).isEqualTo(address);
    assertThat(at(address)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "513, 7"})
  void storage_ofAnAcceptedSocket_isClonedIfTheMapSaysSo(int flags, long expected) {
    SocketStorageMap storage = storage(flags);
    Holder listener = new Holder();
    long address = storage.getOrCreate(listener);
    memory.region(address).memory().putLong(memory.writable(address, 8), 7);
    Holder accepted = new Holder();
    storage.accepted(listener, accepted);
    long copy = storage.get(accepted);
    assertThat(copy == 0 ? 0 : at(copy)).isEqualTo(expected);
    assertThat(copy).isNotEqualTo(address);
  }

  @Test
  void call_thatAMapDoesNotHave_isATrap() {
    assertThatThrownBy(() -> hash(1).push(value(1), 0, 0))
        .isInstanceOf(Trap.class)
        .hasMessage("uses map test of type 1, which cannot be pushed on");
    assertThatThrownBy(() -> map(23, 0, 4, 1, 0).lookup(key(1), 0))
        .isInstanceOf(Trap.class)
        .hasMessage("uses map test of type 23, which cannot be looked up");
  }

  @ParameterizedTest
  @CsvSource({"99,4,4,1,0", "2,8,4,1,0", "2,4,0,1,0", "1,0,4,1,0", "1,4,4,0,0", "23,4,4,1,0"})
  void map_thatTheKernelRefuses_isRefused(int type, int key, int value, int entries, int flags) {
    assertThatThrownBy(() -> map(type, key, value, entries, flags))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("map test: ");
  }
}
