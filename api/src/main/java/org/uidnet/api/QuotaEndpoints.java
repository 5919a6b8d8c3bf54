package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.QuotaChange;
import org.uidnet.api.model.QuotaDocument;
import org.uidnet.api.model.QuotaList;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.SnoozeRequest;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Quota;
import org.uidnet.firewall.QuotaInfo;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Snooze;

/** Quotas; who may not see all sees those that name them. */
final class QuotaEndpoints {
  private final Firewall firewall;

  QuotaEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  QuotaList quotas(Call call) {
    return new QuotaList(seenBy(call.caller()).stream().map(QuotaDocument::of).toList());
  }

  QuotaDocument quota(Call call) {
    String id = id(call);
    return QuotaDocument.of(
        find(seenBy(call.caller()), id)
            .orElseThrow(
                () ->
                    Refusal.of(
                            ProblemType.NO_SUCH_QUOTA,
                            "There is no quota '" + id + "'; GET /v1/quotas lists them.")
                        .withErrno("ENOENT")));
  }

  private List<QuotaInfo> seenBy(Caller caller) {
    return firewall.quotas().stream().filter(quota -> sees(caller, quota)).toList();
  }

  private static boolean sees(Caller caller, QuotaInfo quota) {
    return caller.seesAll() || quota.quota().template().uids().contains(caller.uid().orElseThrow());
  }

  QuotaChange set(Call call) {
    String id = id(call);
    Quota quota = QuotaParameters.quota(call.body().read(QuotaRequest.class), call.now());
    return answer(
        id,
        firewall.update(
            Setting.Quotas.class, all -> all.with(id, quota), FirewallParameters.terms(call)));
  }

  Change delete(Call call) {
    call.body().requireNoFields();
    return Change.of(firewall.deleteQuota(id(call), FirewallParameters.terms(call)));
  }

  QuotaChange snooze(Call call) {
    String id = id(call);
    var request = call.body().readOr(SnoozeRequest.class, SnoozeRequest.LIMIT);
    return answer(
        id,
        firewall.snoozeQuota(
            id,
            request.what().orElse(Snooze.LIMIT),
            request.snoozed().orElse(true),
            FirewallParameters.author(call.caller())));
  }

  private QuotaChange answer(String id, Applied applied) {
    return new QuotaChange(
        QuotaDocument.of(find(firewall.quotas(), id).orElseThrow()), Change.of(applied));
  }

  private static Optional<QuotaInfo> find(List<QuotaInfo> quotas, String id) {
    return quotas.stream().filter(quota -> quota.id().equals(id)).findFirst();
  }

  private static String id(Call call) {
    return call.path().getOrDefault("id", "");
  }
}
