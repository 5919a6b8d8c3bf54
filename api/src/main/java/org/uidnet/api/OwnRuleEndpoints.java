package org.uidnet.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.OwnRulesDocument;
import org.uidnet.api.model.RuleDecisions;
import org.uidnet.api.model.RuleRehearsal;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.OwnRule;
import org.uidnet.firewall.OwnRulesInfo;
import org.uidnet.firewall.Setting;
import org.uidnet.programs.UidNames;

/** Rules that somebody wrote for this host, as one document. */
final class OwnRuleEndpoints {
  private final Firewall firewall;
  private final UidNames names;

  OwnRuleEndpoints(Firewall firewall, UidNames names) {
    this.firewall = firewall;
    this.names = names;
  }

  OwnRulesDocument rules(Call call) {
    return OwnRuleTexts.document(firewall.settings().ownRules());
  }

  Change setRules(Call call) {
    return Change.of(firewall.replace(read(call), FirewallParameters.terms(call)));
  }

  private static Setting.OwnRules read(Call call) {
    return OwnRuleParameters.rules(call.body().read(OwnRulesDocument.class));
  }

  RuleDecisions decisions(Call call) {
    OwnRulesInfo info = firewall.ownRules();
    return new RuleDecisions(
        info.profiles(),
        info.holding().stream().map(OwnRule::label).toList(),
        info.byUid().entrySet().stream()
            .map(each -> item(Optional.of(each.getKey()), each.getValue()))
            .toList(),
        item(Optional.empty(), info.others()));
  }

  private RuleDecisions.Item item(Optional<Long> uid, OwnRulesInfo.Decision decision) {
    return new RuleDecisions.Item(uid, uid.flatMap(names::name), decision.denied(), decision.by());
  }

  RuleRehearsal rehearse(Call call) {
    OwnRulesInfo after = firewall.supposing(read(call));
    OwnRulesInfo before = firewall.ownRules();
    SortedSet<Long> uids = new TreeSet<>(before.byUid().keySet());
    uids.addAll(after.byUid().keySet());
    List<RuleRehearsal.Item> changes = new ArrayList<>();
    for (long uid : uids) {
      addChange(Optional.of(uid), before.of(uid), after.of(uid), changes);
    }
    addChange(Optional.empty(), before.others(), after.others(), changes);
    return new RuleRehearsal(changes);
  }

  private void addChange(
      Optional<Long> uid,
      OwnRulesInfo.Decision before,
      OwnRulesInfo.Decision after,
      List<RuleRehearsal.Item> changes) {
    if (before.denied() != after.denied()) {
      changes.add(
          new RuleRehearsal.Item(
              uid,
              uid.flatMap(names::name),
              before.denied(),
              after.denied(),
              before.by(),
              after.by()));
    }
  }
}
