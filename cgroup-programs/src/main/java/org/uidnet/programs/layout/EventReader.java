package org.uidnet.programs.layout;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;

/** Makes events of the records that programs write. */
public final class EventReader {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  private EventReader() {}

  /**
   * Reads a record of {@code struct event}, in native order.
   *
   * @throws DatapathException if it is none
   */
  public static Event read(ByteBuffer record) {
    StructLayout layout = Layouts.EVENT;
    layout.requireWhole(record);
    byte[] id = new byte[Layouts.DROP_ID.size()];
    record.get(layout.offset("uid"), id); // uid, reason and direction lie as in a drop_id
    DropId drop = Codec.DROP_ID.value(id);
    return new Event(
        record.getLong(layout.offset("time")),
        drop,
        record.getLong(layout.offset("netns")),
        record.getLong(layout.offset("cookie")),
        record.getInt(layout.offset("ifindex")),
        record.getInt(layout.offset("length")),
        flow(record));
  }

  private static Optional<Flow> flow(ByteBuffer record) {
    int network = Layouts.EVENT.offset("network");
    int etherType = bigEndian(record, Layouts.EVENT.offset("protocol"));
    return switch (etherType) {
      case ETHERTYPE_IPV4 -> flow(record, record.get(network + 9), network + 12, 4);
      case ETHERTYPE_IPV6 -> flow(record, record.get(network + 6), network + 8, 16);
      default -> Optional.empty();
    };
  }

  private static Optional<Flow> flow(ByteBuffer record, int protocol, int addresses, int length) {
    if (protocol != TCP && protocol != UDP) {
      return Optional.empty();
    }
    int ports = Layouts.EVENT.offset("ports");
    return Optional.of(
        new Flow(
            protocol,
            end(record, addresses, length, ports),
            end(record, addresses + length, length, ports + 2)));
  }

  private static InetSocketAddress end(ByteBuffer record, int address, int length, int port) {
    byte[] bytes = new byte[length];
    record.get(address, bytes);
    return new InetSocketAddress(Addresses.of(bytes), bigEndian(record, port));
  }

  private static int bigEndian(ByteBuffer record, int at) {
    return ((record.get(at) & 0xff) << 8) | (record.get(at + 1) & 0xff);
  }
}
