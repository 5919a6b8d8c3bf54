package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnDecisionsTest {
  private static final long KID = 10_001;
  private static final long GUEST = 10_002;
  private static final long OTHER = 10_003;

  private Set<LinkFact> links = EnumSet.noneOf(LinkFact.class);
  private Set<String> networks = Set.of();
  private Set<Long> foreground = Set.of();
  private Set<String> usedUp = Set.of();
  private Setting.Device device = Setting.Device.of();

  private OwnDecisions decide(Setting.OwnRules rules) {
    return OwnDecisions.of(
        rules,
        new HostFacts(
            device,
            links,
            networks,
            foreground,
            usedUp,
            Instant.parse("2026-03-02T12:00:00Z"),
            ZoneOffset.UTC));
  }

  private static Setting.OwnRules rules(OwnRule... rules) {
    return new Setting.OwnRules(Optional.empty(), List.of(rules), List.of());
  }

  private static OwnRule rule(int line, Rule effect, Conditions when, Long... uids) {
    Subject subject =
        uids.length == 0
            ? new Subject(Subject.ALL, UidSet.EMPTY)
            : new Subject(Arrays.toString(uids), UidSet.of(List.of(uids)));
    return new OwnRule(line, Optional.empty(), effect, List.of(subject), when);
  }

  private static OwnRule deny(int line, Long... uids) {
    return rule(line, Rule.DENY, Conditions.ALWAYS, uids);
  }

  private static OwnRule allow(int line, Long... uids) {
    return rule(line, Rule.ALLOW, Conditions.ALWAYS, uids);
  }

  private static Conditions network(String name) {
    return new Conditions(
        Map.of(),
        Map.of(),
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Conditions inForeground(boolean is) {
    return new Conditions(
        Map.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.of(is), Optional.empty());
  }

  private static Conditions on(DeviceFlag flag, boolean is) {
    return new Conditions(
        Map.of(flag, is),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Conditions on(LinkFact fact, boolean is) {
    return new Conditions(
        Map.of(),
        Map.of(fact, is),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Conditions usedUp(String quota) {
    return new Conditions(
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(quota));
  }

  private boolean holds(Conditions when) {
    return decide(rules(rule(1, Rule.DENY, when, KID))).denies(KID);
  }

  private static ChainState chain(Policy policy, String name) {
    return policy.find(name).orElseThrow();
  }

  @Test
  void first_thatNamesTheUid_decides() {
    OwnDecisions decisions = decide(rules(allow(1, KID), deny(2, KID, GUEST), allow(3, GUEST)));
    assertThat(decisions.denies(KID)).isFalse();
    assertThat(decisions.denies(GUEST)).isTrue();
    assertThat(decisions.denies(OTHER)).isFalse();
    assertThat(decisions.detail(GUEST)).contains("denied by rule in line 2");
    assertThat(decisions.detail(KID)).contains("allowed by rule in line 1");
    assertThat(decisions.detail(OTHER)).isEmpty();
  }

  @Test
  void chains_ofNamedUids_areADenylist() {
    Policy policy = decide(rules(deny(1, KID))).addedTo(Policy.initial());
    assertThat(chain(policy, "rules").enabled()).isTrue();
    assertThat(chain(policy, "rules").listed()).isEqualTo(UidSet.of(List.of(KID)));
    assertThat(chain(policy, "rules-others").enabled()).isFalse();
  }

  /** Who is not named is denied, too: an allowlist of the others. */
  @Test
  void chains_ofAll_areAnAllowlist() {
    Policy policy = decide(rules(allow(1, KID, GUEST), deny(2))).addedTo(Policy.initial());
    assertThat(chain(policy, "rules").enabled()).isFalse();
    assertThat(chain(policy, "rules-others").enabled()).isTrue();
    assertThat(chain(policy, "rules-others").listed()).isEqualTo(UidSet.of(List.of(KID, GUEST)));
  }

  @Test
  void addedTo_withoutRules_addsNoChain() {
    assertThat(decide(Setting.OwnRules.NONE).addedTo(Policy.initial())).isEqualTo(Policy.initial());
  }

  /** Those in the foreground are told from all others, although no rule names them. */
  @Test
  void foreground_ofSomebodyWhomOnlyAllNames_decides() {
    foreground = Set.of(KID);
    OwnDecisions decisions = decide(rules(rule(1, Rule.DENY, inForeground(false))));
    assertThat(decisions.denies(KID)).isFalse();
    assertThat(decisions.denies(OTHER)).isTrue();
    assertThat(chain(decisions.addedTo(Policy.initial()), "rules-others").listed())
        .isEqualTo(UidSet.of(List.of(KID)));
  }

  @Test
  void network_byNameWithStars() {
    networks = Set.of("ACME guest (2.4 GHz)");
    assertThat(holds(network("ACME*"))).isTrue();
    assertThat(holds(network("*guest*GHz)"))).isTrue();
    assertThat(holds(network("ACME"))).isFalse();
    assertThat(holds(network("acme*"))).isFalse();
    networks = Set.of();
    assertThat(holds(network("*"))).as("no network has no name").isFalse();
  }

  @Test
  void device_asTold() {
    assertThat(holds(on(DeviceFlag.SCREEN_ON, false))).isTrue();
    assertThat(holds(on(DeviceFlag.SCREEN_ON, true))).isFalse();
    device = Setting.Device.of(DeviceFlag.SCREEN_ON);
    assertThat(holds(on(DeviceFlag.SCREEN_ON, false))).isFalse();
    assertThat(holds(on(DeviceFlag.SCREEN_ON, true))).isTrue();
  }

  @Test
  void links_asMarked() {
    assertThat(holds(on(LinkFact.METERED, true))).isFalse();
    links = EnumSet.of(LinkFact.METERED);
    assertThat(holds(on(LinkFact.METERED, true))).isTrue();
    assertThat(holds(on(LinkFact.ROAMING, true))).isFalse();
    assertThat(holds(on(LinkFact.ROAMING, false))).isTrue();
  }

  @Test
  void quota_thatIsUsedUp() {
    assertThat(holds(usedUp("mobile"))).isFalse();
    usedUp = Set.of("mobile");
    assertThat(holds(usedUp("mobile"))).isTrue();
  }

  @Test
  void profiles_comeFirstWhileTheyHold() {
    Setting.OwnRules both =
        new Setting.OwnRules(
            Optional.empty(),
            List.of(deny(9, KID)),
            List.of(
                new OwnProfile("home", network("home"), List.of(allow(2, KID))),
                new OwnProfile("office", network("ACME*"), List.of(deny(5, GUEST)))));
    assertThat(decide(both).denies(KID)).isTrue();
    networks = Set.of("home");
    assertThat(decide(both).denies(KID)).isFalse();
    assertThat(decide(both).denies(GUEST)).isFalse();
    assertThat(decide(both).activeProfiles()).containsExactly("home");
    networks = Set.of("home", "ACME");
    assertThat(decide(both).denies(GUEST)).isTrue();
    assertThat(decide(both).activeProfiles()).containsExactly("home", "office");
  }
}
