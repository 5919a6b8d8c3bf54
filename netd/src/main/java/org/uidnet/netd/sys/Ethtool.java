package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a device's driver tells. Each question is one ioctl in the namespace of the given socket,
 * and its answer is empty where the device is gone or has none.
 */
public final class Ethtool {
  private static final long SIOCETHTOOL = 0x8946;
  private static final int ETHTOOL_GDRVINFO = 0x3;
  private static final int ETHTOOL_GTSO = 0x1e;

  /*
   * struct ifreq                    struct ethtool_value   struct ethtool_drvinfo
   * +-----------+------------+      +-------+-------+      +-------+------------+---
   * | name 16   | data (ptr) |      | cmd 4 | data 4|      | cmd 4 | driver 32  | ...
   * +-----------+------------+      +-------+-------+      +-------+------------+---
   */
  private static final int IFNAMSIZ = 16;
  private static final int IFREQ_DATA = IFNAMSIZ;
  private static final int IFREQ_SIZE = IFREQ_DATA + 24;
  private static final int VALUE_DATA = 4;
  private static final int DRVINFO_DRIVER = 4;
  private static final int DRVINFO_SIZE = 196;

  private Ethtool() {}

  /** Whether the device takes TCP packets larger than it may send (any kind of TSO). */
  public static Optional<Boolean> tcpSegmentationOffload(NetlinkSocket socket, String device) {
    return ask(socket, device, ETHTOOL_GTSO).map(answer -> answer.getInt(VALUE_DATA) != 0);
  }

  /** Name of the driver, such as {@code virtio_net}. */
  public static Optional<String> driver(NetlinkSocket socket, String device) {
    return ask(socket, device, ETHTOOL_GDRVINFO)
        .map(answer -> answer.getString(DRVINFO_DRIVER, "US-ASCII"));
  }

  private static Optional<Pointer> ask(NetlinkSocket socket, String device, int command) {
    byte[] name = device.getBytes(StandardCharsets.UTF_8);
    if (name.length >= IFNAMSIZ) {
      return Optional.empty();
    }
    Memory small = socket.small();
    small.clear();
    Pointer answer = small.share(IFREQ_SIZE, DRVINFO_SIZE);
    answer.setInt(0, command);
    small.write(0, name, 0, name.length);
    small.setPointer(IFREQ_DATA, answer);
    return Libc.ioctl(socket.number(), SIOCETHTOOL, small) < 0
        ? Optional.empty()
        : Optional.of(answer);
  }
}
