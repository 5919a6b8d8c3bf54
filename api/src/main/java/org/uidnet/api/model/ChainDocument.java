package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.ChainInfo;
import org.uidnet.firewall.Rule;

/**
 * A chain: {@code GET /v1/firewall/chains/{chain}}.
 *
 * @param alwaysOn it has no switch: it holds on metered networks
 * @param uids its list, ascending, temporary rules included
 * @param temporary UIDs whose rule ends
 * @param byState what of it comes from the state of the device and of UIDs; all else was set by
 *     hand
 */
public record ChainDocument(
    String chain,
    ChainKind kind,
    boolean enabled,
    boolean alwaysOn,
    boolean custom,
    List<Long> uids,
    List<Temporary> temporary,
    ByState byState) {
  public ChainDocument {
    uids = List.copyOf(uids);
    temporary = List.copyOf(temporary);
  }

  /**
   * What state adds.
   *
   * @param enabledBy the state that puts the chain in force
   * @param uids that state lists
   */
  public record ByState(Optional<String> enabledBy, List<Long> uids) {
    public ByState {
      uids = List.copyOf(uids);
    }

    static ByState of(ChainInfo.ByState info) {
      return new ByState(info.enabledBy(), info.uids().toList());
    }
  }

  /**
   * A rule that ends.
   *
   * @param until a time, or {@code reboot}
   */
  public record Temporary(long uid, Rule rule, String until) {
    static Temporary of(ChainInfo.Temporary info) {
      return new Temporary(info.uid(), info.rule(), RuleRequest.until(info.until()));
    }
  }

  public static ChainDocument of(ChainInfo info) {
    return new ChainDocument(
        info.name(),
        ChainKind.of(info.kind()),
        info.enabled(),
        info.alwaysOn(),
        info.custom(),
        info.uids().toList(),
        info.temporary().stream().map(Temporary::of).toList(),
        ByState.of(info.byState()));
  }
}
