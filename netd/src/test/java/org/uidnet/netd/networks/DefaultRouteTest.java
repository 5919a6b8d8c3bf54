package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultRouteTest {
  private static final String HEADER =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT   ";
  private static final String NO_ADDRESS = "0".repeat(32);

  @TempDir Path directory;

  private Optional<String> iface(List<String> ipv4, List<String> ipv6) throws IOException {
    Path first = Files.write(directory.resolve("route"), ipv4);
    Path second = Files.write(directory.resolve("ipv6_route"), ipv6);
    return new DefaultRoute(first, second).iface();
  }

  private static String ipv4(String iface, String destination, int flags, int metric, String mask) {
    return "%s\t%s\t010200C0\t%04X\t0\t0\t%d\t%s\t0\t0\t0"
        .formatted(iface, destination, flags, metric, mask);
  }

  private static String ipv6(String iface, String destination, int length, int metric, int flags) {
    return "%s %02x %s 00 %s %08x 00000002 00000000 %08x %8s"
        .formatted(destination, length, NO_ADDRESS, NO_ADDRESS, metric, flags, iface);
  }

  @Test
  void iface_isThatOfTheLowestMetric() throws IOException {
    assertThat(
            iface(
                List.of(
                    HEADER,
                    ipv4("wwan0", "00000000", 3, 700, "00000000"),
                    ipv4("wlan0", "00000000", 3, 600, "00000000"),
                    ipv4("tun0", "00000000", 1, 0, "00000080"),
                    ipv4("eth9", "000200C0", 1, 0, "00FFFFFF")),
                List.of(ipv6("eth6", NO_ADDRESS, 0, 1, 3))))
        .contains("wlan0");
  }

  @Test
  void iface_ofAnIpv6Host_isThatOfIts() throws IOException {
    assertThat(
            iface(
                List.of(HEADER),
                List.of(
                    ipv6("eth0", "fd" + "0".repeat(30), 64, 0x100, 1),
                    ipv6("eth0", NO_ADDRESS, 0, 0x400, 3),
                    ipv6("lo", NO_ADDRESS, 0, -1, 0x200200))))
        .contains("eth0");
  }

  @Test
  void iface_whereNothingLeadsOn_isNone() throws IOException {
    assertThat(
            iface(
                List.of(HEADER, ipv4("*", "00000000", 0x201, 0, "00000000"), ""),
                List.of(ipv6("lo", NO_ADDRESS, 0, -1, 0x200200), "")))
        .isEmpty();
  }

  @Test
  void iface_withoutTheFiles_isNone() {
    assertThat(new DefaultRoute(directory.resolve("no"), directory.resolve("nor")).iface())
        .isEmpty();
  }

  @Test
  void ofHost_readsWhatThereIs() {
    assertThat(DefaultRoute.ofHost().iface()).isNotEqualTo(Optional.of("lo"));
  }
}
