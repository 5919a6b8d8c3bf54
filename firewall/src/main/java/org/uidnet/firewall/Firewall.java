package org.uidnet.firewall;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Who may use the network: policy, its enforcement, and what was refused. Thread-safe; changes take
 * turns.
 *
 * <p>A change is checked, stored, enforced, and only then answered. Changes throw {@link
 * FirewallException} and have then changed nothing; one that changes nothing answers {@code changed
 * = false}.
 */
public interface Firewall {
  /** Android's chains in their order, then custom ones by name. */
  List<ChainInfo> chains();

  Optional<ChainInfo> chain(String name);

  Applied setEnabled(String chain, boolean enabled, Terms terms);

  /**
   * The chain's list as a whole: UIDs whose rule is not the default one. Temporary rules of the
   * chain end. A UID that is in both lists is never treated otherwise.
   */
  Applied replaceUids(String chain, Set<Long> uids, Terms terms);

  /** {@code ALLOW} or {@code DENY}. */
  Rule rule(String chain, long uid);

  /**
   * One UID's rule on a chain.
   *
   * @param lifetime after which the rule is again what it was without lifetimes; empty: lasting,
   *     and a temporary one ends
   */
  Applied setRule(String chain, long uid, Rule rule, Optional<Lifetime> lifetime, Terms terms);

  /** Makes a custom chain, disabled and empty; nothing if there is one of that name and kind. */
  Applied createChain(String name, Chain.Kind kind, Terms terms);

  /** Custom chains only. */
  Applied deleteChain(String name, Terms terms);

  AllowlistInfo allowlist(Allowlist list);

  /** The list as a whole; what is on it for a while ends. */
  Applied replaceAllowlist(Allowlist list, Set<Long> uids, Terms terms);

  /**
   * Puts one UID on an allowlist, or takes it off.
   *
   * @param lifetime after which it is again as it was without lifetimes; empty: lasting
   */
  Applied setAllowlisted(
      Allowlist list, long uid, boolean listed, Optional<Lifetime> lifetime, Terms terms);

  /**
   * Tells how the processes of UIDs are now. What they may do with it holds at once; what they may
   * no longer do in the background, after the delay of the configuration.
   */
  Reported reportProcesses(Map<Long, ProcessReport> reports, Author by);

  /** What the host's own rules decide now. */
  OwnRulesInfo ownRules();

  /** What these would decide now. */
  OwnRulesInfo supposing(Setting.OwnRules rules);

  /** Of UIDs that are exempt from allowlists, none but {@link UidPolicy#NONE} is valid. */
  Applied setUidPolicy(long uid, UidPolicy policy, Terms terms);

  Standing standing(long uid);

  Settings settings();

  /**
   * Changes one document of the settings, reading and writing in one step.
   *
   * @param kind its type, {@code Setting.Lockdown.class}
   */
  <S extends Setting> Applied update(Class<S> kind, UnaryOperator<S> change, Terms terms);

  /** Replaces one document of the settings. */
  Applied replace(Setting document, Terms terms);

  /** UIDs that a rule or a document names. */
  UidSet uids();

  /**
   * The UID was removed: no rule, lasting or temporary, and no document names it any more, nothing
   * that is undone later brings it back, and what was refused to it is forgotten. One change.
   */
  Applied removeUid(long uid, Terms terms);

  /**
   * Writes a copy of the policy's file as of one commit.
   *
   * @throws FirewallException if the policy cannot be read
   * @throws IOException if the stream cannot be written to
   */
  void backup(OutputStream to) throws IOException;

  /**
   * Whether the UID may count operations of others and charge them with traffic: Android's
   * UPDATE_DEVICE_STATS. Root may always; nobody else while the policy cannot be read.
   */
  boolean mayUpdateDeviceStats(long uid);

  /**
   * Whether a UID's packets pass, rule by rule, by the function that the maps are compiled for.
   *
   * @throws FirewallException for unknown chains and interfaces in the question
   */
  Verdict verdict(long uid, Question question);

  /**
   * All quotas by id. They are the document {@link Setting.Quotas} of the settings; a change of one
   * keeps what was used in the cycle.
   */
  List<QuotaInfo> quotas();

  /** Takes a quota away; with {@code strict} it must be there. */
  Applied deleteQuota(String id, Terms terms);

  /**
   * Until the cycle ends, lets traffic pass a quota's limit, or keeps its warning silent.
   *
   * @param on false: no longer
   */
  Applied snoozeQuota(String id, Snooze what, boolean on, Author by);

  /**
   * What was refused, by hour; partly covered hours in full.
   *
   * @param uids none: all
   */
  List<DropRow> drops(Set<Long> uids, Instant from, Instant to);

  /**
   * The name of a reason that programs have given for a refusal.
   *
   * @param number a {@code REASON_*} or a chain's, as in {@link org.uidnet.programs.DropId}
   */
  String reasonName(int number);

  /** Keeps a change that would be undone otherwise. */
  Applied confirm(String changeId, Author by);

  /** Changes that will be undone. */
  List<Pending> pending();

  /** Tokens that may be used, the oldest first. */
  List<AccessToken> tokens();

  /**
   * Makes a token.
   *
   * @param hash SHA-256 of its secret, in hexadecimal digits
   */
  AccessToken addToken(String name, String hash, Optional<Instant> expires, Author by);

  /** It can be used no more; with {@code strict} it must be there. */
  Applied revokeToken(long id, Terms terms);

  /** Puts into the audit log what is no change of policy, such as who logs in. */
  void note(String what, String text, Author by);

  /** The latest changes, newest first. */
  List<AuditEntry> audit(int limit);

  FirewallStatus status();

  /** Tells of refusals and changes, on the thread that found them; throwing has no effect. */
  void addListener(FirewallListener listener);

  void removeListener(FirewallListener listener);
}
