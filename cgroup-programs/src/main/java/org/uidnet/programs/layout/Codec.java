package org.uidnet.programs.layout;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.SocketTag;

/** Keys and values of maps as the bytes that programs see. */
public interface Codec<T> {
  byte[] bytes(T value);

  T value(byte[] bytes);

  /** A 32-bit word. */
  Codec<Integer> WORD =
      new Codec<>() {
        @Override
        public byte[] bytes(Integer value) {
          return buffer(Integer.BYTES).putInt(value).array();
        }

        @Override
        public Integer value(byte[] bytes) {
          return view(bytes).getInt();
        }
      };

  Codec<Boolean> FLAG =
      new Codec<>() {
        @Override
        public byte[] bytes(Boolean value) {
          return WORD.bytes(value ? 1 : 0);
        }

        @Override
        public Boolean value(byte[] bytes) {
          return WORD.value(bytes) != 0;
        }
      };

  Codec<NetworkId> NETWORK =
      new Codec<>() {
        @Override
        public byte[] bytes(NetworkId id) {
          return buffer(Layouts.NETWORK_ID.size())
              .putLong(Layouts.NETWORK_ID.offset("netns"), id.netns())
              .putInt(Layouts.NETWORK_ID.offset("ifindex"), id.ifindex())
              .array();
        }

        @Override
        public NetworkId value(byte[] bytes) {
          return new NetworkId(
              view(bytes).getLong(Layouts.NETWORK_ID.offset("netns")),
              view(bytes).getInt(Layouts.NETWORK_ID.offset("ifindex")));
        }
      };

  Codec<InetAddress> ADDRESS =
      new Codec<>() {
        @Override
        public byte[] bytes(InetAddress address) {
          return Addresses.bytes(address);
        }

        @Override
        public InetAddress value(byte[] bytes) {
          return Addresses.of(bytes);
        }
      };

  /** The same interface twice. */
  Codec<Integer> INTERFACES =
      new Codec<>() {
        @Override
        public byte[] bytes(Integer ifindex) {
          return buffer(Layouts.INTERFACES.size()).putInt(ifindex).putInt(ifindex).array();
        }

        @Override
        public Integer value(byte[] bytes) {
          return view(bytes).getInt();
        }
      };

  Codec<Prefix> PREFIX =
      new Codec<>() {
        private static final int MAPPED_BITS = 96;

        @Override
        public byte[] bytes(Prefix prefix) {
          boolean ipv4 = prefix.address().getAddress().length == 4;
          return buffer(Layouts.PREFIX.size())
              .putInt(prefix.length() + (ipv4 ? MAPPED_BITS : 0))
              .put(Addresses.bytes(prefix.address()))
              .array();
        }

        @Override
        public Prefix value(byte[] bytes) {
          int length = view(bytes).getInt();
          byte[] address = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
          boolean ipv4 = Addresses.isMapped(address) && length >= MAPPED_BITS;
          return new Prefix(Addresses.of(address), ipv4 ? length - MAPPED_BITS : length);
        }
      };

  Codec<DropId> DROP_ID =
      new Codec<>() {
        private static final DropId.Call[] CALLS = DropId.Call.values();

        @Override
        public byte[] bytes(DropId id) {
          return buffer(Layouts.DROP_ID.size())
              .putInt((int) id.uid())
              .putShort((short) id.reason())
              .putShort((short) Arrays.asList(CALLS).indexOf(id.call()))
              .array();
        }

        @Override
        public DropId value(byte[] bytes) {
          ByteBuffer id = view(bytes);
          return new DropId(
              Integer.toUnsignedLong(id.getInt()),
              Short.toUnsignedInt(id.getShort()),
              call(Short.toUnsignedInt(id.getShort())));
        }

        /** Programs of a newer daemon may know more. */
        private static DropId.Call call(int number) {
          if (number >= CALLS.length) {
            throw new DatapathException(
                "cannot read what was refused: expected a call below %d, found %d"
                    .formatted(CALLS.length, number));
          }
          return CALLS[number];
        }
      };

  /** When it was last told is the programs' own. */
  Codec<Drop> DROP =
      new Codec<>() {
        @Override
        public byte[] bytes(Drop drop) {
          return buffer(Layouts.DROP.size()).putLong(drop.packets()).putLong(drop.bytes()).array();
        }

        @Override
        public Drop value(byte[] bytes) {
          return new Drop(view(bytes).getLong(0), view(bytes).getLong(Long.BYTES));
        }
      };

  Codec<SocketTag> SOCKET_TAG =
      new Codec<>() {
        private static final StructLayout LAYOUT = Layouts.SOCKET_TAG;

        @Override
        public byte[] bytes(SocketTag tag) {
          return buffer(LAYOUT.size())
              .putInt(LAYOUT.offset("tag"), (int) tag.tag())
              .putInt(LAYOUT.offset("uid"), (int) tag.uid())
              .putInt(LAYOUT.offset("generation"), tag.generation())
              .array();
        }

        @Override
        public SocketTag value(byte[] bytes) {
          ByteBuffer tag = view(bytes);
          return new SocketTag(
              Integer.toUnsignedLong(tag.getInt(LAYOUT.offset("tag"))),
              Integer.toUnsignedLong(tag.getInt(LAYOUT.offset("uid"))),
              tag.getInt(LAYOUT.offset("generation")));
        }
      };

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
