package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * What services say on the bus: whatever their properties are, a {@link BusException} names the one
 * that is wrong, or names of networks are such as the firewall takes.
 */
class SourcesFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;
  private static final int LONGEST_NAME = 100;

  SourcesFuzzTest() {
    super("bus", 2000, SourcesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(
        MEGABYTES, () -> sources().forEach(source -> check(source, new ObjectsOfBytes(input))));
  }

  private static Stream<Source> sources() {
    HostListener nobody =
        new HostListener() {
          @Override
          public void said(HostService by, Facts before, Facts now) {}

          @Override
          public void fallsAsleep() {}

          @Override
          public void wokeUp() {}
        };
    return Stream.of(new Upower(OptionalInt.of(20)), new Logind(nobody), new NetworkManager());
  }

  private static void check(Source source, ObjectReader objects) {
    try {
      source
          .read(objects)
          .ifPresent(facts -> facts.networks().values().forEach(SourcesFuzzTest::check));
    } catch (BusException e) {
      assertThat(e).hasMessageMatching("(?s)property \\S+ of \\S+ is .+");
    }
  }

  private static void check(Facts.Network network) {
    network
        .name()
        .ifPresent(
            name -> {
              assertThat(name).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_NAME);
              assertThat(name.chars()).noneMatch(Character::isISOControl);
              assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(name)).as(name).isTrue();
            });
  }
}
