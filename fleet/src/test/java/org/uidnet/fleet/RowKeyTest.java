package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;
import org.uidnet.stats.UsageKey;

class RowKeyTest {
  private static UsageKey key(String iface, Optional<String> network, Optional<String> name) {
    return new UsageKey(
        Kind.UID,
        Optional.of(1000L),
        name,
        Optional.of(CounterSet.DEFAULT),
        Optional.of(0L),
        Optional.of(iface),
        network,
        Optional.of("wifi"),
        Optional.of(false),
        Optional.of(false),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @Test
  void of_isTheSameWhateverTheUidIsCalled() {
    assertThat(RowKey.of(key("wlan0", Optional.empty(), Optional.of("anna"))))
        .isEqualTo(RowKey.of(key("wlan0", Optional.empty(), Optional.empty())));
  }

  @Test
  void of_tellsKeysApart() {
    assertThat(RowKey.of(key("wlan0", Optional.empty(), Optional.empty())))
        .isNotEqualTo(RowKey.of(key("wlan1", Optional.empty(), Optional.empty())))
        .isNotEqualTo(RowKey.of(key("wlan0", Optional.of("home"), Optional.empty())));
  }

  /** Rows of years ago have it: another way to make it would double what is sent again. */
  @Test
  void of_neverChanges() {
    assertThat(RowKey.of(key("wlan0", Optional.of("home"), Optional.empty())))
        .hasToString("fb3f7810-7b49-9fa7-7c06-254af364bb2a");
  }
}
