package org.uidnet.simulator.kernel;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Trap;

/** {@code struct __sk_buff} as packet programs see it: the fields that ours use. */
final class SkbFields implements Fields {
  private static final int LEN = 0;
  private static final int MARK = 8;
  private static final int PROTOCOL = 16;
  private static final int IFINDEX = 40;
  private static final int GSO_SEGS = 164;
  private static final int SK = 168;
  private static final int GSO_SIZE = 176;

  private final Supplier<Skb> skb;
  private final LongSupplier socket;

  SkbFields(Supplier<Skb> skb, LongSupplier socket) {
    this.skb = skb;
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
    Skb packet = skb.get();
    return switch (field) {
      case LEN -> packet.length();
      case MARK -> packet.mark();
      case PROTOCOL -> Word.networkOrder(packet.protocol());
      case IFINDEX -> packet.ifindex();
      case GSO_SEGS -> packet.gsoSegments();
      case GSO_SIZE -> packet.gsoSize();
      default -> throw refused(offset, size);
    };
  }

  private static Trap refused(int offset, int size) {
    return new Trap(
        "reads %d bytes at offset %d of struct __sk_buff, which is not simulated"
            .formatted(size, offset));
  }
}
