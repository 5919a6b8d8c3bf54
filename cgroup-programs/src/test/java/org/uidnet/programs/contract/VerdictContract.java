package org.uidnet.programs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.contract.Subject.Fate;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.Subject.Wire;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotState;

/**
 * Which packets pass on loopback: a UID is blocked while it is in an enabled denylist, or not in an
 * enabled allowlist, but for background. Where an implementation differs it overrides the test and
 * says why.
 */
@Timeout(120)
public abstract class VerdictContract extends OnSubject {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;
  private static final long HIGH = 70_000;

  private static final int DENYLISTS =
      Layouts.CHAIN_STANDBY
          | Layouts.CHAIN_OEM_DENY_1
          | Layouts.CHAIN_OEM_DENY_2
          | Layouts.CHAIN_OEM_DENY_3;
  private static final int ALLOWLISTS =
      Layouts.CHAIN_DOZABLE
          | Layouts.CHAIN_POWERSAVE
          | Layouts.CHAIN_RESTRICTED
          | Layouts.CHAIN_LOW_POWER_STANDBY;

  @Test
  protected void chains_noneEnabled_letEveryUidPass() {
    Datapath datapath = attach(ROOMY);
    datapath.uids().setRules((int) UID, DENYLISTS);
    assertThat(send(UID, 10)).isEqualTo(Fate.ARRIVED);
    assertThat(send(OTHER, 10)).isEqualTo(Fate.ARRIVED);
    assertThat(send(HIGH, 10)).isEqualTo(Fate.ARRIVED);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Layouts.CHAIN_STANDBY,
        Layouts.CHAIN_OEM_DENY_1,
        Layouts.CHAIN_OEM_DENY_2,
        Layouts.CHAIN_OEM_DENY_3
      })
  protected void denylist_enabled_blocksWhoIsInIt(int chain) {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(chain);
    assertThat(send(UID, 10)).as("not in it").isEqualTo(Fate.ARRIVED);
    datapath.uids().setRules((int) UID, chain);
    assertThat(send(UID, 10)).as("in it").isEqualTo(Fate.REFUSED);
    assertThat(send(OTHER, 10)).as("another UID").isEqualTo(Fate.ARRIVED);
    datapath.control().setEnabledChains(DENYLISTS & ~chain);
    assertThat(send(UID, 10)).as("only the others are enabled").isEqualTo(Fate.ARRIVED);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Layouts.CHAIN_DOZABLE,
        Layouts.CHAIN_POWERSAVE,
        Layouts.CHAIN_RESTRICTED,
        Layouts.CHAIN_LOW_POWER_STANDBY
      })
  protected void allowlist_enabled_blocksWhoIsNotInIt(int chain) {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(chain);
    assertThat(send(UID, 10)).as("not in it").isEqualTo(Fate.REFUSED);
    datapath.uids().setRules((int) UID, ALLOWLISTS & ~chain);
    assertThat(send(UID, 10)).as("in the others only").isEqualTo(Fate.REFUSED);
    datapath.uids().setRules((int) UID, chain);
    assertThat(send(UID, 10)).as("in it").isEqualTo(Fate.ARRIVED);
    assertThat(send(OTHER, 10)).as("another UID").isEqualTo(Fate.REFUSED);
  }

  /** Those of data saver ask for the network too; alone they say nothing. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        Layouts.CHAIN_METERED_ALLOW,
        Layouts.CHAIN_METERED_DENY_USER,
        Layouts.CHAIN_METERED_DENY_ADMIN
      })
  protected void meteredBits_onAnUnmeteredNetwork_blockNobody(int chain) {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(chain);
    assertThat(send(UID, 10)).as("without it").isEqualTo(Fate.ARRIVED);
    datapath.uids().setRules((int) UID, chain);
    assertThat(send(UID, 10)).as("with it").isEqualTo(Fate.ARRIVED);
  }

  /** Both wires are loopback. */
  @Test
  protected void background_onLoopback_blocksNobody() {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(Layouts.CHAIN_BACKGROUND);
    assertThat(send(UID, 10)).isEqualTo(Fate.ARRIVED);
    datapath.control().setEnabledChains(Layouts.CHAIN_BACKGROUND | Layouts.CHAIN_DOZABLE);
    assertThat(send(UID, 10)).isEqualTo(Fate.REFUSED);
  }

  @Test
  protected void chains_anyCombination_isJudgedAsOneExpression() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    Datapath datapath = attach(ROOMY);
    for (int i = 0; i < 200; i++) {
      int enabled = random.nextInt() & random.nextInt() & (DENYLISTS | ALLOWLISTS);
      int rules = random.nextInt() & (DENYLISTS | ALLOWLISTS);
      datapath.control().setEnabledChains(enabled);
      datapath.uids().setRules((int) UID, rules);
      boolean blocked = (enabled & DENYLISTS & rules) != 0 || (enabled & ALLOWLISTS & ~rules) != 0;
      assertThat(send(UID, 10))
          .as("rules %#x, enabled %#x, seed %d", rules, enabled, seed)
          .isEqualTo(blocked ? Fate.REFUSED : Fate.ARRIVED);
    }
  }

  @Test
  protected void words_ofRules_areReadAsWritten() {
    Datapath datapath = attach(ROOMY);
    datapath.uids().setRules((int) UID, DENYLISTS);
    datapath.control().setEnabledChains(ALLOWLISTS);
    assertThat(datapath.uids().rules((int) UID)).isEqualTo(DENYLISTS);
    assertThat(datapath.uids().rules((int) OTHER)).isZero();
    assertThat(datapath.control().enabledChains()).isEqualTo(ALLOWLISTS);
  }

  @Test
  protected void refusedEgress_isNotCounted() {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(Layouts.CHAIN_DOZABLE);
    assertThat(send(UID, 10)).isEqualTo(Fate.REFUSED);
    assertThat(live(datapath)).isEmpty();
    assertThat(total(datapath)).isEqualTo(Traffic.NONE);
    assertThat(datapath.control().slotsEverUsed()).isZero();
  }

  @Test
  protected void droppedIngress_isCounted() {
    Datapath datapath = attach(ROOMY);
    datapath.uids().setRules((int) OTHER, Layouts.CHAIN_STANDBY);
    datapath.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    assertThat(send(Wire.FIRST, UID, OTHER, 10)).isEqualTo(Fate.LOST);
    assertThat(live(datapath)).hasSize(2);
    live(datapath)
        .forEach(
            (id, counted) ->
                assertThat(counted.wire()).isEqualTo(id.uid() == UID ? sent(10) : received(10)));
  }

  @Test
  protected void enabledMask_oneStore_takesEffectAtTheNextPacketOfAllUids() {
    Datapath datapath = attach(ROOMY);
    for (int i = 0; i < 3; i++) {
      datapath.control().setEnabledChains(Layouts.CHAIN_RESTRICTED);
      assertThat(send(UID, 10)).isEqualTo(Fate.REFUSED);
      assertThat(send(HIGH, 10)).isEqualTo(Fate.REFUSED);
      assertThat(send(Wire.SECOND, UID, UID, 10)).isEqualTo(Fate.REFUSED);
      datapath.control().setEnabledChains(0);
      assertThat(send(UID, 10)).isEqualTo(Fate.ARRIVED);
      assertThat(send(HIGH, 10)).isEqualTo(Fate.ARRIVED);
      assertThat(send(Wire.SECOND, UID, UID, 10)).isEqualTo(Fate.ARRIVED);
    }
  }

  @Test
  protected void highUid_refusedAtItsFirstPacket_hasARowForItsRules() {
    Datapath datapath = attach(ROOMY);
    datapath.control().setEnabledChains(Layouts.CHAIN_DOZABLE);
    assertThat(send(HIGH, 10)).isEqualTo(Fate.REFUSED);
    int row = datapath.rowOf(HIGH).orElseThrow();
    datapath.uids().setRules(row, Layouts.CHAIN_DOZABLE);
    assertThat(send(HIGH, 10)).isEqualTo(Fate.ARRIVED);
  }

  @Test
  protected void highUid_noRowLeft_isJudgedAsUnlisted() {
    Datapath datapath = attach(new Sizes(64, 16, 1));
    assertThat(send(HIGH, 10)).isEqualTo(Fate.ARRIVED);
    datapath.uids().setRules(datapath.rowOf(HIGH).orElseThrow(), DENYLISTS | ALLOWLISTS);
    datapath.control().setEnabledChains(DENYLISTS);
    assertThat(send(HIGH + 1, 10)).isEqualTo(Fate.ARRIVED);
    datapath.control().setEnabledChains(ALLOWLISTS);
    assertThat(send(HIGH + 1, 10)).isEqualTo(Fate.REFUSED);
    assertThat(send(HIGH, 10)).isEqualTo(Fate.ARRIVED);
  }

  /** Rules and counting do not know each other. */
  @Test
  protected void blockedUid_allowedAgain_countsOn() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    datapath.uids().setRules((int) UID, Layouts.CHAIN_STANDBY);
    datapath.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    assertThat(send(UID, 10)).isEqualTo(Fate.REFUSED);
    datapath.uids().setRules((int) UID, 0);
    pass(UID, 20);
    assertThat(total(datapath)).isEqualTo(bothWays(10).plus(bothWays(20)));
    assertThat(live(datapath)).hasSize(1);
    assertThat(datapath.slotKeys().state(1)).isEqualTo(SlotState.LIVE);
  }
}
