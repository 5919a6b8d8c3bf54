package org.uidnet.netd.networks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.netd.TextFile;

/**
 * Where the default route of this network namespace leads, by the main table as {@code /proc} shows
 * it; that of IPv4 first. Thread-safe.
 *
 * @param ipv4 file with lines as of {@code /proc/net/route}
 * @param ipv6 file with lines as of {@code /proc/net/ipv6_route}
 */
public record DefaultRoute(Path ipv4, Path ipv6) {
  private static final int DECIMAL = 10;
  private static final int HEX = 16;
  private static final String NOWHERE = "0".repeat(32);

  /** RTF_REJECT: the kernel's own last route, which refuses. */
  private static final long REJECT = 0x200;

  private record Route(String iface, long metric) {}

  /** Of the network namespace that the process is in. */
  public static DefaultRoute ofHost() {
    return new DefaultRoute(Path.of("/proc/net/route"), Path.of("/proc/net/ipv6_route"));
  }

  /** The name of the interface; empty: there is no default route, or routes cannot be read. */
  public Optional<String> iface() {
    return best(lines(ipv4).stream().flatMap(DefaultRoute::route4))
        .or(() -> best(lines(ipv6).stream().flatMap(DefaultRoute::route6)));
  }

  private static Optional<String> best(Stream<Route> routes) {
    return routes.min(Comparator.comparing(Route::metric)).map(Route::iface);
  }

  /** Interface, destination, gateway, flags, two counts, metric, mask. */
  private static Stream<Route> route4(String line) {
    String[] words = line.strip().split("\\s+", -1);
    boolean isDefault =
        words.length > 7 && words[1].equals("00000000") && words[7].equals("00000000");
    return isDefault ? route(words[0], words[3], words[6], DECIMAL) : Stream.empty();
  }

  /** Destination and its length, source and its length, next hop, metric, two counts, flags. */
  private static Stream<Route> route6(String line) {
    String[] words = line.strip().split("\\s+", -1);
    boolean isDefault = words.length > 9 && words[0].equals(NOWHERE) && words[1].equals("00");
    return isDefault ? route(words[9], words[8], words[5], HEX) : Stream.empty();
  }

  /** Empty: it refuses, or is no route at all. */
  private static Stream<Route> route(String iface, String flags, String metric, int radix) {
    try {
      boolean refuses = (Long.parseLong(flags, HEX) & REJECT) != 0;
      long number = Long.parseLong(metric, radix);
      return refuses ? Stream.empty() : Stream.of(new Route(iface, number));
    } catch (NumberFormatException e) {
      return Stream.empty();
    }
  }

  /** A kernel without IPv6 has no such file. */
  private static List<String> lines(Path table) {
    try {
      return TextFile.lines(table);
    } catch (IOException e) {
      return List.of();
    }
  }
}
