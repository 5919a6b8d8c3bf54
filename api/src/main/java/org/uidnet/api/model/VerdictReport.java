package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Verdict;

/**
 * Whether a UID's packets pass, and why: {@code GET /v1/firewall/uids/{uid}/verdict}.
 *
 * @param name untrusted text
 * @param reasons the first is the one that is counted
 * @param refusedBy absent if nothing is refused
 * @param chain every chain, then every other rule, in the order in which they are looked at
 */
public record VerdictReport(
    long uid,
    Optional<String> name,
    boolean blocked,
    List<String> reasons,
    Optional<Verdict.RefusedBy> refusedBy,
    List<Step> chain) {
  public VerdictReport {
    reasons = List.copyOf(reasons);
    chain = List.copyOf(chain);
  }

  /**
   * One rule's part.
   *
   * @param chain its name, or that of another rule, such as {@code lockdown} or {@code quota ID}
   * @param kind absent for other rules
   * @param lift the command that would lift the block
   * @param detail for people to read; of a quota: how it stands, of a chain: what of it comes from
   *     the state of the device and the UID
   */
  public record Step(
      String chain,
      Optional<ChainKind> kind,
      boolean enabled,
      boolean listed,
      boolean exempt,
      Verdict.Effect effect,
      String reason,
      Optional<String> lift,
      Optional<String> detail) {
    static Step of(Verdict.Step step) {
      return new Step(
          step.name(),
          step.kind().map(ChainKind::of),
          step.enabled(),
          step.listed(),
          step.exempt(),
          step.effect(),
          step.reason(),
          step.lift(),
          step.detail());
    }
  }

  public static VerdictReport of(long uid, Optional<String> name, Verdict verdict) {
    return new VerdictReport(
        uid,
        name,
        verdict.blocked(),
        verdict.reasons(),
        verdict.refusedBy(),
        verdict.chain().stream().map(Step::of).toList());
  }
}
