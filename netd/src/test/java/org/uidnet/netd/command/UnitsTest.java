package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "IEC, 0, 0 B",
    "IEC, 1023, 1023 B",
    "IEC, 1024, 1.00 KiB",
    "IEC, 10234, 9.99 KiB",
    "IEC, 10239, 10.0 KiB",
    "IEC, 102348, 99.9 KiB",
    "IEC, 102399, 100 KiB",
    "IEC, 1047552, 1023 KiB",
    "IEC, 1048575, 1.00 MiB",
    "IEC, -1536, -1.50 KiB",
    "IEC, 9223372036854775807, 8.00 EiB",
    "IEC, -9223372036854775808, -8.00 EiB",
    "SI, 999, 999 B",
    "SI, 1000, 1.00 kB",
    "SI, 999499, 999 kB",
    "SI, 999500, 1.00 MB",
    "BITS, 1, 8 bit",
    "BITS, 125, 1.00 kbit",
    "BITS, 9223372036854775807, 73.8 Ebit",
    "BYTES, 1048576, 1048576 B",
    "BYTES, -1, -1 B"
  })
  void amount_atTheEdges(Units units, long bytes, String text) {
    assertThat(units.amount(bytes)).isEqualTo(text);
  }

  @Test
  void rate_perSecond() {
    assertThat(Units.IEC.rate(1535.6)).isEqualTo("1.50 KiB/s");
    assertThat(Units.BITS.rate(125_000)).isEqualTo("1.00 Mbit/s");
  }
}
