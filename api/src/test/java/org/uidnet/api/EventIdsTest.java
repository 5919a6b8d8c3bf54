package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdsTest {
  private static final EventIds IDS = new EventIds("4f3c-77");

  @Test
  void number_isTheOneThatWasGiven() {
    assertThat(IDS.number(IDS.of(1_234_567_890_123L))).isEqualTo(1_234_567_890_123L);
  }

  @Test
  void number_ofAnotherBoot_orOfNoId_isBeforeAll() {
    assertThat(IDS.number("4f3c-78-5")).isZero();
    assertThat(IDS.number("4f3c-77-")).isZero();
    assertThat(IDS.number("4f3c-77-5x")).isZero();
    assertThat(IDS.number("4f3c-77--5")).isZero();
    assertThat(IDS.number("4f3c-77-9999999999999999999")).isZero();
    assertThat(IDS.number("")).isZero();
  }
}
