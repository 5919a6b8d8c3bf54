package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.layout.Control;

/** Own rules through the service: stored, in force by the clock, explained, undone. */
class OwnRulesServiceTest {
  private static final long KID = 10_001;
  private static final long OTHER = 10_002;
  private static final Subject KIDS = new Subject("@kids", UidSet.of(List.of(KID)));
  private static final Subject ALL = new Subject(Subject.ALL, UidSet.EMPTY);

  /** At noon in March the world begins. */
  private static final Conditions AFTERNOON =
      new Conditions(
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.of(
              new Hours(EnumSet.allOf(DayOfWeek.class), LocalTime.of(14, 0), LocalTime.of(16, 30))),
          Optional.empty(),
          Optional.empty());

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private static OwnRule deny(int line, Conditions when, Subject... subjects) {
    return new OwnRule(line, Optional.of("homework"), Rule.DENY, List.of(subjects), when);
  }

  private static Setting.OwnRules rules(OwnRule... rules) {
    return new Setting.OwnRules(Optional.empty(), List.of(rules), List.of());
  }

  private static List<String> reasons(Firewall firewall, long uid) {
    return firewall.verdict(uid, Question.NOW).reasons();
  }

  @Test
  void hours_beginAndEndByThemselves() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(rules(deny(3, AFTERNOON, KIDS)), ROOT);
      assertThat(reasons(firewall, KID)).isEmpty();
      assertThat(firewall.untilNextRound(Duration.ofDays(1))).isEqualTo(Duration.ofHours(2));

      world.sockets.add(KID);
      world.sockets.add(OTHER);
      world.pass(Duration.ofHours(2));
      firewall.round();
      assertThat(reasons(firewall, KID)).containsExactly("CUSTOM:rules");
      assertThat(reasons(firewall, OTHER)).isEmpty();
      assertThat(world.destroyed).containsExactly(KID);
      assertThat(firewall.untilNextRound(Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(150));

      world.pass(Duration.ofMinutes(150));
      firewall.round();
      assertThat(reasons(firewall, KID)).isEmpty();
    }
  }

  @Test
  void verdict_namesRuleAndLine() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(rules(deny(7, Conditions.ALWAYS, ALL)), ROOT);
      Verdict.Step step =
          firewall.verdict(OTHER, Question.NOW).chain().stream()
              .filter(each -> each.effect() == Verdict.Effect.BLOCKS)
              .findFirst()
              .orElseThrow();
      assertThat(step.name()).isEqualTo("rules-others");
      assertThat(step.detail()).contains("denied by rule 'homework', line 7");
      assertThat(step.lift()).contains("uidnet rules clear");
      assertThat(reasons(firewall, 53)).as("the host keeps its resolver").isEmpty();
    }
  }

  @Test
  void restart_keepsThem() {
    FirewallService firewall = world.open();
    firewall.replace(rules(deny(1, Conditions.ALWAYS, KIDS)), ROOT);
    Map<String, Object> contents = world.maps.contents();
    world.kill();
    List<String> stores = new ArrayList<>();
    world.maps.onCall = stores::add;
    try (FirewallService again = world.open()) {
      assertThat(world.maps.contents()).isEqualTo(contents);
      assertThat(stores).allMatch(call -> call.startsWith("entries"));
      assertThat(reasons(again, KID)).containsExactly("CUSTOM:rules");
    }
  }

  @Test
  void change_notConfirmed_isUndone() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(
          rules(deny(1, Conditions.ALWAYS, KIDS)), ROOT.confirmedWithin(Duration.ofMinutes(1)));
      assertThat(reasons(firewall, KID)).isNotEmpty();
      world.pass(Duration.ofMinutes(1));
      firewall.round();
      assertThat(reasons(firewall, KID)).isEmpty();
      assertThat(firewall.settings().ownRules()).isEqualTo(Setting.OwnRules.NONE);
    }
  }

  @Test
  void mistakes_areToldTogether_andNothingChanges() {
    try (FirewallService firewall = world.open()) {
      OwnRule nobody = new OwnRule(2, Optional.empty(), Rule.DENY, List.of(), Conditions.ALWAYS);
      OwnRule root = deny(4, Conditions.ALWAYS, new Subject("root", UidSet.of(Set.of(0L))));
      assertThatThrownBy(() -> firewall.replace(rules(nobody, root), ROOT))
          .isInstanceOf(FirewallException.class)
          .hasMessageContaining("rule in line 2 names nobody")
          .hasMessageContaining("rule 'homework', line 4 denies UID 0");
      assertThat(firewall.settings().ownRules()).isEqualTo(Setting.OwnRules.NONE);
    }
  }

  @Test
  void chainsOfRules_belongToThemAlone() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(rules(deny(1, Conditions.ALWAYS, KIDS)), ROOT);
      assertThat(firewall.chain("rules").orElseThrow().byState().enabledBy()).contains("own rules");
      assertThatThrownBy(() -> firewall.createChain("rules", Chain.Kind.DENYLIST, ROOT))
          .isInstanceOf(FirewallException.class)
          .hasMessageContaining("own rules");
      assertThatThrownBy(() -> firewall.setEnabled("rules", false, ROOT))
          .isInstanceOf(FirewallException.class);
      assertThat(firewall.removeUid(KID, ROOT).changed()).isTrue();
      assertThat(firewall.settings().ownRules().isEmpty()).isTrue();
    }
  }

  /** Nobody who is denied by both is let through between: two chains, each switched by itself. */
  @Test
  void denyOfAll_insteadOfSome_letsNobodyThroughMeanwhile() {
    try (FirewallService firewall = world.open()) {
      firewall.replace(rules(deny(1, Conditions.ALWAYS, KIDS)), ROOT);
      List<Boolean> denied = new ArrayList<>();
      watch(denied);
      firewall.replace(rules(deny(1, Conditions.ALWAYS, ALL)), ROOT);
      firewall.replace(rules(deny(1, Conditions.ALWAYS, KIDS)), ROOT);
      world.maps.onStore = () -> {};
      assertThat(denied).isNotEmpty().doesNotContain(false);
    }
  }

  /** Before each store; looking is none. */
  private void watch(List<Boolean> denied) {
    world.maps.onStore =
        () -> {
          world.maps.onStore = () -> {};
          denied.add(isDenied());
          watch(denied);
        };
  }

  private boolean isDenied() {
    Control control = world.maps.control();
    Rows.Row row = world.maps.wordsOf(KID);
    return Judge.blocksEverywhere(
        new Judge.Masks(
            control.enabledChains(), control.enabledCustom(), control.customAllowlists()),
        row.rules(),
        row.custom());
  }

  @Test
  void text_isReadAsItWasWritten() {
    Conditions all =
        new Conditions(
            Map.of(DeviceFlag.SCREEN_ON, false, DeviceFlag.CHARGING, true),
            Map.of(LinkFact.METERED, true, LinkFact.VPN, false),
            Optional.of("net=work a network=b"),
            AFTERNOON.hours(),
            Optional.of(true),
            Optional.of("mobile"));
    Conditions onlyNetwork =
        new Conditions(
            Map.of(),
            Map.of(),
            Optional.of("ACME *"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Setting.OwnRules document =
        new Setting.OwnRules(
            Optional.of(ZoneId.of("Europe/Berlin")),
            List.of(deny(3, all, KIDS, new Subject("1000-1003", UidSet.parse("1000-1003")), ALL)),
            List.of(
                new OwnProfile("office", onlyNetwork, List.of(deny(9, Conditions.ALWAYS, ALL))),
                new OwnProfile("home", onlyNetwork, List.of())));
    assertThat(SettingText.parse("own-rules", SettingText.text(document))).isEqualTo(document);
    assertThat(SettingText.lines(document).get(1))
        .isEqualTo(
            "rule\t3\tDENY\thomework\t@kids=10001,1000-1003=1000-1003,all=\tcharging=true"
                + " screen-on=false metered=true vpn=false"
                + " days=MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY"
                + " time=14:00-16:30 foreground=true quota=mobile network=net=work a network=b");
  }
}
