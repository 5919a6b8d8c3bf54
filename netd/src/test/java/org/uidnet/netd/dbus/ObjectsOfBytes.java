package org.uidnet.netd.dbus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * Objects with properties of any type, made of bytes: for each object whether it is there and how
 * many properties it has, for each of them its name by number, its type, its value. Where the bytes
 * end there is nothing more.
 */
final class ObjectsOfBytes implements ObjectReader {
  /** All that are asked for. */
  private static final List<String> NAMES =
      List.of(
          "IsPresent",
          "OnBattery",
          "Percentage",
          "PreparingForSleep",
          "LidClosed",
          "Docked",
          "ActiveSession",
          "LockedHint",
          "IdleHint",
          "ActiveConnections",
          "Vpn",
          "StateFlags",
          "Id",
          "Devices",
          "IpInterface",
          "Interface",
          "Metered");

  private static final int MOST_PROPERTIES = 16;

  private final ByteBuffer bytes;

  ObjectsOfBytes(byte[] input) {
    bytes = ByteBuffer.wrap(input);
  }

  @Override
  public Optional<ObjectProperties> properties(String service, String path, String iface) {
    int count = next();
    if (count == 0) {
      return Optional.empty();
    }
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < count % MOST_PROPERTIES && bytes.hasRemaining(); i++) {
      properties.put(NAMES.get(next() % NAMES.size()), new Variant<>(value(), "v"));
    }
    return Optional.of(ObjectProperties.of(iface, properties));
  }

  private int next() {
    return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
  }

  private Object value() {
    return switch (next() % 10) {
      case 0 -> next() % 2 == 0;
      case 1 -> (byte) next();
      case 2 -> new UInt32(next());
      case 3 -> new UInt64("18446744073709551615");
      case 4 -> Double.longBitsToDouble((long) next() << 56 | next());
      case 5 -> text();
      case 6 -> new DBusPath("/" + next());
      case 7 -> bytes.hasRemaining() ? List.of(value(), value()) : List.of();
      case 8 -> new Object[] {text(), bytes.hasRemaining() ? value() : ""};
      default -> List.of(new DBusPath("/" + next()));
    };
  }

  private String text() {
    byte[] text = new byte[Math.min(next(), bytes.remaining())];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
