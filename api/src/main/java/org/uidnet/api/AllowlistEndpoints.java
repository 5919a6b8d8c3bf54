package org.uidnet.api;

import java.util.Optional;
import java.util.Set;
import org.uidnet.api.model.AllowlistChange;
import org.uidnet.api.model.AllowlistDocument;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.TemporaryRequest;
import org.uidnet.api.model.UidList;
import org.uidnet.firewall.Allowlist;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.Chain;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Lifetime;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.Terms;

/**
 * Android's lists of who is spared, by name; those about metered networks are chains as they are.
 */
final class AllowlistEndpoints {
  private final Firewall firewall;

  AllowlistEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  AllowlistDocument allowlist(Call call) {
    return list(call).document();
  }

  AllowlistChange replace(Call call) {
    Listing list = list(call);
    Set<Long> uids = Fields.uids(call.body().read(UidList.class));
    return answer(list, list.replace(uids, FirewallParameters.terms(call)));
  }

  AllowlistChange allowTemporarily(Call call) {
    Listing list = list(call);
    TemporaryRequest request = call.body().read(TemporaryRequest.class);
    long uid = UidParameter.check("uid", Fields.required("uid", request.uid()));
    Lifetime lifetime =
        FirewallParameters.lifetime(request.duration(), request.until(), call.now())
            .orElseThrow(() -> Refusal.badField("for", "Give 'for' or 'until'."));
    return set(call, list, uid, true, Optional.of(lifetime));
  }

  AllowlistChange add(Call call) {
    call.body().requireNoFields();
    return set(call, list(call), UidParameter.of(call), true, Optional.empty());
  }

  AllowlistChange remove(Call call) {
    call.body().requireNoFields();
    return set(call, list(call), UidParameter.of(call), false, Optional.empty());
  }

  private AllowlistChange set(
      Call call, Listing list, long uid, boolean listed, Optional<Lifetime> lifetime) {
    return answer(list, list.set(uid, listed, lifetime, FirewallParameters.terms(call)));
  }

  private static AllowlistChange answer(Listing list, Applied applied) {
    return new AllowlistChange(list.document(), Change.of(applied));
  }

  /** One of them, wherever it is kept. */
  private interface Listing {
    AllowlistDocument document();

    Applied replace(Set<Long> uids, Terms terms);

    Applied set(long uid, boolean listed, Optional<Lifetime> lifetime, Terms terms);
  }

  private Listing list(Call call) {
    String name = call.path().getOrDefault("name", "");
    Optional<Allowlist> own = Allowlist.of(name);
    return own.isPresent() ? new OfState(own.get()) : new OfChain(name, chain(name));
  }

  private static Chain chain(String name) {
    return switch (name) {
      case "metered-allow" -> Chain.METERED_ALLOW;
      case "metered-deny" -> Chain.METERED_DENY_USER;
      default ->
          throw Refusal.of(
                  ProblemType.NO_SUCH_ALLOWLIST,
                  "There is no allowlist '%s'; there are power-save, power-save-except-idle,"
                          .formatted(name)
                      + " low-power-standby, metered-allow, metered-deny.")
              .withErrno("EINVAL");
    };
  }

  private final class OfState implements Listing {
    private final Allowlist list;

    OfState(Allowlist list) {
      this.list = list;
    }

    @Override
    public AllowlistDocument document() {
      return AllowlistDocument.of(firewall.allowlist(list));
    }

    @Override
    public Applied replace(Set<Long> uids, Terms terms) {
      return firewall.replaceAllowlist(list, uids, terms);
    }

    @Override
    public Applied set(long uid, boolean listed, Optional<Lifetime> lifetime, Terms terms) {
      return firewall.setAllowlisted(list, uid, listed, lifetime, terms);
    }
  }

  private final class OfChain implements Listing {
    private final String name;
    private final Chain chain;

    OfChain(String name, Chain chain) {
      this.name = name;
      this.chain = chain;
    }

    @Override
    public AllowlistDocument document() {
      return AllowlistDocument.of(name, firewall.chain(chain.label()).orElseThrow());
    }

    @Override
    public Applied replace(Set<Long> uids, Terms terms) {
      return firewall.replaceUids(chain.label(), uids, terms);
    }

    @Override
    public Applied set(long uid, boolean listed, Optional<Lifetime> lifetime, Terms terms) {
      Rule onList = chain.kind().isAllowlist() ? Rule.ALLOW : Rule.DENY;
      return firewall.setRule(chain.label(), uid, listed ? onList : Rule.DEFAULT, lifetime, terms);
    }
  }
}
