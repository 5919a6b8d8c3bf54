package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.testing.KernelTest;

@KernelTest
class MappedMemoryTest {
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int ARRAY = 2;
  private static final int MMAPABLE = 1 << 10;

  @Test
  void view_writes_areSeenByTheKernel() {
    try (Fd map = array();
        MappedMemory memory = MappedMemory.ofMap(map, 64)) {
      memory.view().putLong(8, 42);
      byte[] value = Bpf.lookup(map, new byte[] {1, 0, 0, 0}, 8).orElseThrow();
      assertThat(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong()).isEqualTo(42);
    }
  }

  @Test
  void readOnlyView_writes_areRefused() {
    try (Fd map = array();
        MappedMemory memory = MappedMemory.ofMapReadOnly(map, 64)) {
      ByteBuffer view = memory.view();
      assertThat((long) LONG.getAcquire(view, 0)).isZero();
      assertThatThrownBy(() -> view.putLong(0, 1)).isInstanceOf(ReadOnlyBufferException.class);
    }
  }

  @Test
  void view_afterClose_isRefused() {
    try (Fd map = array()) {
      MappedMemory memory = MappedMemory.ofMap(map, 64);
      memory.close();
      memory.close();
      assertThatThrownBy(memory::view).isInstanceOf(IllegalStateException.class);
    }
  }

  /** The JVM would die here if the pages were just unmapped. Interpreted first, then compiled. */
  @Test
  void keptView_afterClose_failsItsReaderAndTheJvmLives() throws InterruptedException {
    for (int warmUp : new int[] {0, 200_000}) {
      assertThat(failureOfReader(warmUp)).get().isInstanceOf(InternalError.class);
    }
  }

  /**
   * Reads before the close and after it, on a thread of its own, as the error comes a bit later.
   */
  private static Optional<Throwable> failureOfReader(int warmUp) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (Fd map = array()) {
      MappedMemory memory = MappedMemory.ofMap(map, 64);
      ByteBuffer kept = memory.view();
      Thread reader =
          new Thread(
              () -> {
                read(kept, warmUp);
                memory.close();
                read(kept, Integer.MAX_VALUE);
              });
      reader.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      reader.start();
      reader.join();
    }
    return Optional.ofNullable(failure.get());
  }

  private static void read(ByteBuffer memory, int times) {
    for (int i = 0; i < times; i++) {
      if ((long) LONG.getAcquire(memory, 0) == -1) {
        throw new IllegalStateException("nobody wrote -1");
      }
    }
  }

  private static Fd array() {
    return Bpf.createMap(new Bpf.NewMap("uidnet_test", ARRAY, 4, 8, 8, MMAPABLE));
  }
}
