package org.uidnet.simulator.kernel;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Trap;

/** {@code struct bpf_sock_addr}: the fields that ours use. */
final class SockAddrFields implements Fields {
  private static final int USER_FAMILY = 0;
  private static final int USER_IP4 = 4;
  private static final int USER_IP6 = 8;
  private static final int USER_PORT = 24;
  private static final int FAMILY = 28;
  private static final int TYPE = 32;
  private static final int PROTOCOL = 36;
  private static final int SK = 64;

  private final Supplier<Call> call;
  private final LongSupplier socket;

  SockAddrFields(Supplier<Call> call, LongSupplier socket) {
    this.call = call;
    this.socket = socket;
  }

  @Override
  public long load(int offset, int size) {
    if (size == Long.BYTES && offset == SK) {
      return socket.getAsLong();
    } else if (size > Integer.BYTES || offset % size != 0) {
      throw refused(offset, size);
    }
    return Word.part(word(offset & -4, offset, size), offset, size);
  }

  private int word(int field, int offset, int size) {
    Call present = call.get();
    return switch (field) {
      case USER_FAMILY, FAMILY -> present.socket().family();
      case USER_IP4 -> present.addressWord(0);
      case USER_IP6, USER_IP6 + 4, USER_IP6 + 8, USER_IP6 + 12 ->
          present.addressWord((field - USER_IP6) / 4);
      case USER_PORT -> Word.networkOrder(present.port());
      case TYPE -> present.socket().type();
      case PROTOCOL -> present.socket().protocol();
      default -> throw refused(offset, size);
    };
  }

  private static Trap refused(int offset, int size) {
    return new Trap(
        "reads %d bytes at offset %d of struct bpf_sock_addr, which is not simulated"
            .formatted(size, offset));
  }
}
