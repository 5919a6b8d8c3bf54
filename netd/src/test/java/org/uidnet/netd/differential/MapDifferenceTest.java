package org.uidnet.netd.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.maps.BpfMap;

/** Random calls on maps of the kernel and of the simulator: the same answers, error by error. */
@KernelTest
class MapDifferenceTest {
  private static final int CALLS = 20_000;
  private static final int PREFIXES = 11;
  private static final int STACK = 23;
  private static final int ENTRIES = 12;
  private static final int KEYS = 18; // some more than there is room for

  private final SplittableRandom random = Seed.of("maps", 0);
  private final Memory memory = new Memory();

  @BeforeEach
  void announce() {
    Seed.announce("MapDifferenceTest");
  }

  /** Hash, hash allocated on use, array. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "2, 0"})
  void keyedMap_anyCalls_answersAsTheKernel(int type, int flags) {
    BpfMap simulated = simulated(type, 4, flags);
    try (Fd kernel = kernel(type, 4, flags)) {
      for (int i = 0; i < CALLS; i++) {
        int key = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(KEYS);
        long value = random.nextLong();
        long how = random.nextInt(4);
        assertThat(
                switch (i % 3) {
                  case 0 -> simulated.update(key(key), 0, value(value), 0, how);
                  case 1 -> simulated.delete(key(key), 0);
                  default -> 0;
                })
            .as("call %d, key %d, flags %d", i, key, how)
            .isEqualTo(
                switch (i % 3) {
                  case 0 ->
                      errno(() -> Bpf.update(kernel, key(key).array(), value(value).array(), how));
                  case 1 -> delete(kernel, key(key).array());
                  default -> 0;
                });
        int asked = random.nextInt(KEYS);
        assertThat(value(simulated, asked))
            .as("after call %d: value of %d", i, asked)
            .isEqualTo(Bpf.lookup(kernel, key(asked).array(), 8).map(Bytes::of));
      }
    }
  }

  /** Prefixes of IPv4-sized keys, some too long. */
  @Test
  void prefixes_anyCalls_answerAsTheKernel() {
    BpfMap simulated = simulated(PREFIXES, 8, 1);
    try (Fd kernel = kernel(PREFIXES, 8, 1)) {
      for (int i = 0; i < CALLS; i++) {
        byte[] key = prefix(random.nextInt(34)).array();
        byte[] value = value(random.nextLong()).array();
        long how = random.nextInt(4);
        boolean update = random.nextInt(3) > 0;
        assertThat(
                update
                    ? simulated.update(buffer(key), 0, buffer(value), 0, how)
                    : simulated.delete(buffer(key), 0))
            .as("call %d, update %s, flags %d", i, update, how)
            .isEqualTo(
                update ? errno(() -> Bpf.update(kernel, key, value, how)) : delete(kernel, key));
        byte[] asked = prefix(random.nextInt(34)).array();
        assertThat(value(simulated, buffer(asked)))
            .as("after call %d", i)
            .isEqualTo(Bpf.lookup(kernel, asked, 8).map(Bytes::of));
      }
    }
  }

  /** Few bits that differ, so that prefixes contain each other. */
  private ByteBuffer prefix(int length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, length)
        .put(4, (byte) (random.nextInt(4) << 6))
        .put(5, (byte) random.nextInt(2))
        .put(7, (byte) random.nextInt(2));
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void stack_anyCalls_answersAsTheKernel() {
    BpfMap simulated = simulated(STACK, 0, 0);
    try (Fd kernel = kernel(STACK, 0, 0)) {
      for (int i = 0; i < CALLS; i++) {
        String call = "call " + i;
        if (random.nextInt(20 + i % 40) < 20) {
          long value = random.nextLong();
          assertThat(simulated.push(value(value), 0, BpfMap.ANY))
              .as(call)
              .isEqualTo(errno(() -> Bpf.push(kernel, value(value).array())));
        } else {
          ByteBuffer top = value(-1);
          Optional<byte[]> expected = Bpf.pop(kernel, 8);
          assertThat(simulated.pop(top, 0) == 0).as(call).isEqualTo(expected.isPresent());
          assertThat(top.array()).as(call).isEqualTo(expected.orElse(new byte[8]));
        }
      }
    }
  }

  private BpfMap simulated(int type, int keySize, int flags) {
    return BpfMap.create(
        new MapSpec("test", type, keySize, 8, ENTRIES, flags, 0, 0, Optional.empty()), memory, 2);
  }

  private static Fd kernel(int type, int keySize, int flags) {
    return Bpf.createMap(new Bpf.NewMap("uidnet_test", type, keySize, 8, ENTRIES, flags));
  }

  private static ByteBuffer key(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value);
  }

  private static ByteBuffer value(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
  }

  private Optional<Bytes> value(BpfMap map, int key) {
    return value(map, key(key));
  }

  private Optional<Bytes> value(BpfMap map, ByteBuffer key) {
    long address = map.lookup(key, 0);
    if (address == 0) {
      return Optional.empty();
    }
    Region region = memory.region(address);
    byte[] copy = new byte[8];
    region.memory().get(memory.readable(address, 8), copy);
    return Optional.of(Bytes.of(copy));
  }

  private static int delete(Fd map, byte[] key) {
    boolean[] there = {false};
    int errno = errno(() -> there[0] = Bpf.delete(map, key));
    return errno == 0 && !there[0] ? -2 : errno; // ENOENT
  }

  private static int errno(Runnable call) {
    try {
      call.run();
      return 0;
    } catch (SysException e) {
      return -e.errno();
    }
  }
}
