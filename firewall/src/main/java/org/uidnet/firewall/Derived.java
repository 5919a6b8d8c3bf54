package org.uidnet.firewall;

import java.time.Instant;
import java.util.Optional;

/** What follows from how the host is now: what state does to chains, and own rules. A value. */
record Derived(StateChains state, OwnDecisions own) {
  static Derived of(PolicyStore.Contents contents, FirewallConfig config, Links links, Moment now) {
    return new Derived(
        StateChains.of(contents.policy(), contents.processes(), config.exemptions(), now),
        OwnDecisions.of(contents, links, now, config.zone()));
  }

  /** The policy with all of it. */
  Policy addedTo(Policy policy) {
    return own.addedTo(state.addedTo(policy));
  }

  ChainInfo.ByState byState(ChainState chain) {
    return OwnDecisions.isOwn(chain.name())
        ? new ChainInfo.ByState(Optional.of("own rules"), chain.listed())
        : state.byState(chain);
  }

  /** What of a chain follows, for a UID; for people to read. */
  Optional<String> detail(ChainState chain, long uid) {
    return OwnDecisions.isOwn(chain.name())
        ? own.detail(uid)
        : Chain.of(chain.name()).flatMap(builtIn -> state.detail(builtIn, uid));
  }

  /** When it is to be looked at again, even if nothing is told meanwhile; empty: need not be. */
  Optional<Instant> nextLook() {
    return own.nextLook();
  }
}
