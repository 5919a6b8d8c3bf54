package org.uidnet.api;

import java.util.Optional;
import org.uidnet.api.model.ChainChange;
import org.uidnet.api.model.ChainDocument;
import org.uidnet.api.model.ChainKind;
import org.uidnet.api.model.ChainList;
import org.uidnet.api.model.ChainSwitch;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.NewChain;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.UidList;
import org.uidnet.api.model.UidRule;
import org.uidnet.api.model.UidRuleChange;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.Chain;
import org.uidnet.firewall.ChainInfo;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Lifetime;
import org.uidnet.firewall.Rule;

/** Chains, their lists and their rules. */
final class ChainEndpoints {
  private final Firewall firewall;

  ChainEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  ChainList chains(Call call) {
    return new ChainList(firewall.chains().stream().map(ChainDocument::of).toList());
  }

  ChainDocument chain(Call call) {
    return ChainDocument.of(info(name(call)));
  }

  ChainChange setEnabled(Call call) {
    var request = call.body().read(ChainSwitch.class);
    boolean enabled = Fields.required("enabled", request.enabled());
    ChainInfo before = info(name(call));
    return answer(
        before, firewall.setEnabled(before.name(), enabled, FirewallParameters.terms(call)));
  }

  ChainChange create(Call call) {
    var request = call.body().read(NewChain.class);
    String name = Fields.text("chain", request.chain());
    Chain.Kind kind = kind(Fields.required("kind", request.kind()));
    Applied applied = firewall.createChain(name, kind, FirewallParameters.terms(call));
    return answer(info(name), applied);
  }

  Change delete(Call call) {
    call.body().requireNoFields();
    return Change.of(firewall.deleteChain(name(call), FirewallParameters.terms(call)));
  }

  UidRule rule(Call call) {
    return rule(info(name(call)), UidParameter.of(call));
  }

  UidRuleChange setRule(Call call) {
    long uid = UidParameter.of(call);
    var request = call.body().read(RuleRequest.class);
    Rule rule = Fields.required("rule", request.rule());
    Optional<Lifetime> lifetime = FirewallParameters.lifetime(request, call.now());
    ChainInfo before = info(name(call));
    Applied applied =
        firewall.setRule(before.name(), uid, rule, lifetime, FirewallParameters.terms(call));
    return new UidRuleChange(rule(after(before), uid), Change.of(applied));
  }

  ChainChange replaceUids(Call call) {
    var uids = Fields.uids(call.body().read(UidList.class));
    ChainInfo before = info(name(call));
    return answer(
        before, firewall.replaceUids(before.name(), uids, FirewallParameters.terms(call)));
  }

  private UidRule rule(ChainInfo chain, long uid) {
    Optional<String> until =
        ChainDocument.of(chain).temporary().stream()
            .filter(rule -> rule.uid() == uid)
            .map(ChainDocument.Temporary::until)
            .findFirst();
    return new UidRule(chain.name(), uid, firewall.rule(chain.name(), uid), until);
  }

  private ChainChange answer(ChainInfo before, Applied applied) {
    ChainInfo after = after(before);
    return new ChainChange(
        after.name(), ChainKind.of(after.kind()), after.enabled(), Change.of(applied));
  }

  /** As it was, if somebody else deleted the chain meanwhile. */
  private ChainInfo after(ChainInfo before) {
    return firewall.chain(before.name()).orElse(before);
  }

  private ChainInfo info(String name) {
    return firewall
        .chain(name)
        .orElseThrow(
            () ->
                Refusal.of(
                        ProblemType.NO_SUCH_CHAIN,
                        "There is no chain '" + name + "'; GET /v1/firewall/chains lists them.")
                    .withErrno("EINVAL"));
  }

  private static String name(Call call) {
    return call.path().getOrDefault("chain", "");
  }

  private static Chain.Kind kind(ChainKind kind) {
    return kind == ChainKind.ALLOWLIST ? Chain.Kind.ALLOWLIST : Chain.Kind.DENYLIST;
  }
}
