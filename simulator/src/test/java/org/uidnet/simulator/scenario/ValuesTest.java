package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static <T> T read(Value<T> value, String text) {
    return value.parse().apply(text).orElseThrow(() -> new AssertionError("refused: " + text));
  }

  private static void refuses(Value<?> value, String... texts) {
    for (String text : texts) {
      assertThat(value.parse().apply(text)).as(text).isEmpty();
    }
  }

  @Test
  void size() {
    assertThat(read(Values.SIZE, "20 MB")).isEqualTo(20_000_000);
    assertThat(read(Values.SIZE, "2.5kB")).isEqualTo(2500);
    assertThat(read(Values.SIZE, "1 GiB")).isEqualTo(1L << 30);
    assertThat(read(Values.SIZE, "0 B")).isZero();
    refuses(Values.SIZE, "20", "MB", "-1 B", "20 mb", "20  MB", "999999999999 GB", "");
  }

  @Test
  void rate() {
    assertThat(read(Values.RATE, "2 MB/s")).isEqualTo(2_000_000);
    assertThat(read(Values.RATE, "16 Mbit/s")).isEqualTo(2_000_000);
    refuses(Values.RATE, "2 MB", "0 B/s", "2 Mbps", "2 MiB/s");
  }

  @Test
  void duration() {
    assertThat(read(Values.DURATION, "1 h 30 m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(read(Values.DURATION, "250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(read(Values.SIGNED_DURATION, "-3 s")).isEqualTo(Duration.ofSeconds(-3));
    refuses(Values.DURATION, "15", "m", "-3 s", "15 min", "1 h, 3 m", "999999999 d", "");
    refuses(Values.INTERVAL, "0 s");
  }

  @Test
  void share() {
    assertThat(read(Values.SHARE, "60 %")).isEqualTo(0.6);
    refuses(Values.SHARE, "60", "101 %", "-1 %");
  }

  @Test
  void span_needsTimesAndDaysThatExist() {
    refuses(
        Values.SPANS,
        "7:00-8:00",
        "07:00",
        "25:00-26:00",
        "07:60-08:00",
        "24:00-01:00",
        "mo 07:00-08:00",
        "fri-xyz 07:00-08:00");
  }

  @Test
  void names_expandARange() {
    Names names = read(Names.VALUE, "box{9-11}x");

    assertThat(names.all()).containsExactly("box9x", "box10x", "box11x");
    assertThat(names.resolve("net{}", 2)).isEqualTo("net11");
    assertThat(read(Names.VALUE, "alice").all()).containsExactly("alice");
    refuses(Names.VALUE, "box{}", "box{3-1}", "box{1-9999999}", " ");
  }
}
