package org.uidnet.simulator.kernel;

import java.util.function.Supplier;
import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Trap;

/** {@code struct bpf_sock}: the fields that ours use. */
final class SocketFields implements Fields {
  private static final int BOUND_DEV_IF = 0;
  private static final int FAMILY = 4;
  private static final int TYPE = 8;
  private static final int PROTOCOL = 12;

  private final Supplier<Socket> socket;

  SocketFields(Supplier<Socket> socket) {
    this.socket = socket;
  }

  @Override
  public long load(int offset, int size) {
    if (size > Integer.BYTES || offset % size != 0) {
      throw refused(offset, size);
    }
    int word =
        switch (offset & -4) {
          case BOUND_DEV_IF -> socket.get().boundInterface();
          case FAMILY -> socket.get().family();
          case TYPE -> socket.get().type();
          case PROTOCOL -> socket.get().protocol();
          default -> throw refused(offset, size);
        };
    return Word.part(word, offset, size);
  }

  private static Trap refused(int offset, int size) {
    return new Trap(
        "reads %d bytes at offset %d of struct bpf_sock, which is not simulated"
            .formatted(size, offset));
  }
}
