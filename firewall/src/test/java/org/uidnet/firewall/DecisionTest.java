package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Networks;
import org.uidnet.programs.layout.Layouts;

/** Three opinions on the same packets: the policy's meaning, the programs' rules, the verdict. */
class DecisionTest {
  private static final List<InetAddress> REMOTES =
      List.of(
          SettingRules.address("10.0.0.5"),
          SettingRules.address("10.9.0.5"),
          SettingRules.address("8.8.8.8"),
          SettingRules.address("fd00::1"),
          SettingRules.address("2001:db8::1"));

  private final FakeRuleMaps maps = new FakeRuleMaps();

  /** One set of maps for all policies, so that what one leaves would disturb the next. */
  @Test
  void verdict_agreesWithTableAndPrograms() {
    long seed = System.nanoTime();
    RandomPolicies random = new RandomPolicies(seed);
    Reconciler reconciler = new Reconciler(maps);
    int blocked = 0;
    for (int i = 0; i < 500; i++) {
      Policy told = random.policy();
      Exemptions exemptions = random.coin() ? Exemptions.LINUX : Exemptions.ANDROID;
      Derived derived = derived(told, exemptions);
      Policy policy = derived.addedTo(told);
      Desired desired =
          Compiler.compile(
              policy, QuotaBook.EMPTY, exemptions, RandomPolicies.LINKS, RandomPolicies.NOW);
      assertThat(reconciler.apply(desired)).isEmpty();
      for (int k = 0; k < 40; k++) {
        Explainer explainer =
            new Explainer(
                policy,
                derived,
                desired,
                List.of(),
                exemptions,
                RandomPolicies.LINKS,
                RandomPolicies.NOW);
        blocked += compare(random, explainer, "seed " + seed + ", policy " + i);
      }
    }
    assertThat(blocked).as("seed " + seed).isBetween(2_000, 18_000);
  }

  private static Derived derived(Policy told, Exemptions exemptions) {
    return Derived.of(
        PolicyStore.Contents.of(told),
        new FirewallConfig(
            Path.of("."), exemptions, BackgroundDelay.DEFAULT, ZoneOffset.UTC, Set.of()),
        RandomPolicies.LINKS,
        RandomPolicies.NOW);
  }

  private int compare(RandomPolicies random, Explainer explainer, String which) {
    Policy policy = explainer.policy();
    Networks.Interface link = Interfaces.ALL.get(random.below(Interfaces.ALL.size()));
    ProgramRules.Packet packet =
        new ProgramRules.Packet(
            random.uid(),
            link.netns(),
            link.ifindex(),
            random.coin(),
            REMOTES.get(random.below(REMOTES.size())));
    String name = link.host() ? link.name() : "netns:9/" + link.name();
    Verdict verdict = explainer.verdict(packet.uid(), question(name, packet));
    Set<String> reasons = new TreeSet<>(verdict.reasons());
    reasons.remove("NO_INTERNET_PERMISSION");

    boolean local = isLocal(policy, packet.remote());
    assertThat(reasons)
        .as("%s: verdict of %s on %s", which, packet, name)
        .isEqualTo(
            new AndroidTable(policy, explainer.exemptions(), RandomPolicies.NOW)
                .reasons(packet, name, local));
    int reason = ProgramRules.judge(maps, packet);
    Optional<String> first =
        verdict.reasons().stream().filter(r -> !r.equals("NO_INTERNET_PERMISSION")).findFirst();
    assertThat(
            reason == Layouts.REASON_NONE
                ? Optional.<String>empty()
                : Optional.of(Reason.name(reason, policy)))
        .as("%s: programs on %s on %s", which, packet, name)
        .isEqualTo(first);
    return reason == Layouts.REASON_NONE ? 0 : 1;
  }

  /** The two shapes that {@link RandomPolicies} makes. */
  private static boolean isLocal(Policy policy, InetAddress remote) {
    var prefixes = policy.settings().localNetwork().prefixes();
    String text = remote.getHostAddress();
    if (text.equals("10.0.0.5")) {
      return prefixes.get(SettingRules.prefix("10.0.0.0/24")) != Rule.ALLOW;
    }
    return text.startsWith("10.")
        || (text.startsWith("fd00") && prefixes.containsKey(SettingRules.prefix("fc00::/7")));
  }

  private static Question question(String name, ProgramRules.Packet packet) {
    return new Question(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        packet.ingress(),
        Optional.of(packet.remote()),
        java.util.Map.of(),
        Optional.empty(),
        OptionalLong.empty());
  }
}
