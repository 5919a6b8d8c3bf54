package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Tables of routes, as either file: whatever the bytes are, the default route leads to an interface
 * that the table names, or there is none.
 */
class RoutesFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;
  private static final Path NOWHERE = Path.of("/nowhere");

  RoutesFuzzTest() {
    super("routes", 500, RoutesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path table = Files.createTempFile("uidnet-routes", ".txt");
    try {
      Files.write(table, input);
      Effort.limited(MEGABYTES, () -> check(new DefaultRoute(table, NOWHERE)));
      Effort.limited(MEGABYTES, () -> check(new DefaultRoute(NOWHERE, table)));
    } finally {
      Files.delete(table);
    }
  }

  private static void check(DefaultRoute route) {
    assertThat(route.iface()).isNotEqualTo(Optional.of(""));
    route.iface().ifPresent(iface -> assertThat(iface).doesNotContainAnyWhitespaces());
  }
}
