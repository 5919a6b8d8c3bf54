package org.uidnet.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.uidnet.firewall.AccessToken;
import org.uidnet.firewall.Allowlist;
import org.uidnet.firewall.AllowlistInfo;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.Chain;
import org.uidnet.firewall.ChainInfo;
import org.uidnet.firewall.Cycle;
import org.uidnet.firewall.DropRow;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.FirewallListener;
import org.uidnet.firewall.FirewallStatus;
import org.uidnet.firewall.Lifetime;
import org.uidnet.firewall.OwnProfile;
import org.uidnet.firewall.OwnRule;
import org.uidnet.firewall.OwnRulesInfo;
import org.uidnet.firewall.Pending;
import org.uidnet.firewall.ProcessReport;
import org.uidnet.firewall.ProcessState;
import org.uidnet.firewall.Question;
import org.uidnet.firewall.QuotaInfo;
import org.uidnet.firewall.Reported;
import org.uidnet.firewall.RestrictBackground;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Settings;
import org.uidnet.firewall.Snooze;
import org.uidnet.firewall.Standing;
import org.uidnet.firewall.Subject;
import org.uidnet.firewall.Terms;
import org.uidnet.firewall.UidPolicy;
import org.uidnet.firewall.UidSet;
import org.uidnet.firewall.Verdict;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;

/** Keeps lists and documents in memory, enforces nothing, and remembers what it was told. */
public final class FakeFirewall implements Firewall {
  public static final Instant AT = Instant.parse("2026-03-01T12:00:05Z");
  static final Instant UNTIL = Instant.parse("2026-03-01T14:00:00Z");

  /** Changes, as text: what they were called with. */
  public final List<String> changes = new ArrayList<>();

  /** Who is told of what happens. */
  public final List<FirewallListener> listeners = new CopyOnWriteArrayList<>();

  public final List<Question> questions = new ArrayList<>();
  public final List<Terms> terms = new ArrayList<>();
  private final Map<String, ChainInfo> custom = new TreeMap<>();
  private final Map<Long, ProcessReport> processes = new TreeMap<>();
  private final Set<String> snoozed = new TreeSet<>();
  private final List<AccessToken> tokens = new CopyOnWriteArrayList<>();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private final List<Setting> documents =
      new ArrayList<>(
          List.of(
              Setting.Device.of(),
              new Setting.IdleUids(new TreeSet<>()),
              new Setting.UidPolicies(new TreeSet<>(), new TreeSet<>()),
              new Setting.Interfaces(new TreeMap<>()),
              new Setting.InterfaceRules(new TreeMap<>()),
              new Setting.Lockdown(new TreeSet<>()),
              new Setting.IngressDiscard(Map.of()),
              new Setting.LocalNetwork(Map.of(), new TreeSet<>()),
              new Setting.BlockedPorts(new TreeSet<>()),
              new Setting.Quotas(new TreeMap<>()),
              Setting.OwnRules.NONE,
              new Setting.Permissions(new TreeSet<>(), new TreeSet<>(), new TreeSet<>())));

  @Override
  public String reasonName(int number) {
    return "REASON_" + number;
  }

  @Override
  public List<AccessToken> tokens() {
    return List.copyOf(tokens);
  }

  @Override
  public AccessToken addToken(String name, String hash, Optional<Instant> expires, Author by) {
    change("token for " + name, Terms.of(by));
    AccessToken token = new AccessToken(tokens.size() + 1, name, hash, AT, expires);
    tokens.add(token);
    return token;
  }

  @Override
  public Applied revokeToken(long id, Terms how) {
    boolean there = tokens.removeIf(token -> token.id() == id);
    if (!there && how.strict()) {
      throw new FirewallException(FirewallException.Cause.NOT_LISTED, "there is no token " + id);
    }
    change("no token " + id, how);
    return new Applied(there, AT, 0, Optional.empty(), List.of());
  }

  @Override
  public void note(String what, String text, Author by) {
    change(what + ": " + text, Terms.of(by));
  }

  public void fail(RuntimeException with) {
    failure = Optional.of(with);
  }

  private Applied change(String what, Terms how) {
    failure.ifPresent(
        e -> {
          throw e;
        });
    changes.add(what);
    terms.add(how);
    return new Applied(
        true,
        AT,
        2,
        how.confirmWithin().map(wait -> new Pending("c-1", what, AT.plus(wait))),
        List.of());
  }

  /** {@code dozable}, enabled, has UID 1000 for a while; other built-in chains are empty. */
  private static ChainInfo builtIn(Chain chain) {
    boolean dozable = chain == Chain.DOZABLE;
    return new ChainInfo(
        chain.label(),
        chain.kind(),
        !chain.kind().hasSwitch(),
        dozable || !chain.kind().hasSwitch(),
        false,
        dozable ? UidSet.of(List.of(1000L, 1001L)) : UidSet.EMPTY,
        dozable
            ? List.of(
                new ChainInfo.Temporary(1000, Rule.ALLOW, Optional.of(UNTIL)),
                new ChainInfo.Temporary(1001, Rule.ALLOW, Optional.empty()))
            : List.of(),
        ChainInfo.ByState.NOTHING);
  }

  @Override
  public synchronized List<ChainInfo> chains() {
    List<ChainInfo> all =
        new ArrayList<>(Arrays.stream(Chain.values()).map(c -> builtIn(c)).toList());
    all.addAll(custom.values());
    return all;
  }

  @Override
  public Optional<ChainInfo> chain(String name) {
    return chains().stream().filter(chain -> chain.name().equals(name)).findFirst();
  }

  @Override
  public synchronized Applied setEnabled(String chain, boolean enabled, Terms how) {
    if (chain(chain).orElseThrow().alwaysOn()) {
      throw new FirewallException(
          FirewallException.Cause.FIXED, "chain '" + chain + "' has no switch");
    }
    return change(chain + " enabled=" + enabled, how);
  }

  @Override
  public synchronized Applied replaceUids(String chain, Set<Long> uids, Terms how) {
    return change(chain + " uids=" + new TreeSet<>(uids), how);
  }

  @Override
  public Rule rule(String chain, long uid) {
    ChainInfo info = chain(chain).orElseThrow();
    return info.uids().contains(uid) == info.kind().isAllowlist() ? Rule.ALLOW : Rule.DENY;
  }

  @Override
  public synchronized Applied setRule(
      String chain, long uid, Rule rule, Optional<Lifetime> lifetime, Terms how) {
    if (how.strict() && rule == Rule.DEFAULT) {
      throw new FirewallException(FirewallException.Cause.NOT_LISTED, "no rule names UID " + uid);
    }
    return change(
        chain + " " + uid + " " + rule + lifetime.map(time -> " " + time).orElse(""), how);
  }

  @Override
  public synchronized Applied createChain(String name, Chain.Kind kind, Terms how) {
    ChainInfo known = custom.get(name);
    if (known != null && known.kind() != kind) {
      throw new FirewallException(
          FirewallException.Cause.OTHER_KIND, "chain '" + name + "' is of another kind");
    }
    custom.put(
        name,
        new ChainInfo(
            name, kind, false, false, true, UidSet.EMPTY, List.of(), ChainInfo.ByState.NOTHING));
    return change("create " + name + " " + kind, how);
  }

  @Override
  public synchronized Applied deleteChain(String name, Terms how) {
    return change("delete " + name, how);
  }

  /** UID 1000 is on {@code power-save} for a while. */
  @Override
  public AllowlistInfo allowlist(Allowlist list) {
    return list == Allowlist.POWER_SAVE
        ? new AllowlistInfo(
            list.label(),
            UidSet.of(List.of(1000L)),
            List.of(new ChainInfo.Temporary(1000, Rule.ALLOW, Optional.of(UNTIL))))
        : new AllowlistInfo(list.label(), UidSet.EMPTY, List.of());
  }

  @Override
  public synchronized Applied replaceAllowlist(Allowlist list, Set<Long> uids, Terms how) {
    return change(list.label() + " uids=" + new TreeSet<>(uids), how);
  }

  @Override
  public synchronized Applied setAllowlisted(
      Allowlist list, long uid, boolean listed, Optional<Lifetime> lifetime, Terms how) {
    return change(
        list.label() + " " + uid + " " + listed + lifetime.map(time -> " " + time).orElse(""), how);
  }

  /** Reports of seq 7 and less are stale. */
  @Override
  public synchronized Reported reportProcesses(Map<Long, ProcessReport> reports, Author by) {
    List<Long> stale =
        reports.entrySet().stream()
            .filter(e -> e.getValue().stamp().filter(stamp -> stamp.seq() <= 7).isPresent())
            .map(Map.Entry::getKey)
            .toList();
    processes.putAll(reports);
    processes.keySet().removeAll(stale);
    return new Reported(change("processes " + new TreeMap<>(reports), Terms.of(by)), stale);
  }

  @Override
  public synchronized OwnRulesInfo ownRules() {
    return decisions(document(Setting.OwnRules.class));
  }

  @Override
  public OwnRulesInfo supposing(Setting.OwnRules rules) {
    return decisions(rules);
  }

  /** As if every rule held and the last decided. */
  private static OwnRulesInfo decisions(Setting.OwnRules rules) {
    SortedMap<Long, OwnRulesInfo.Decision> byUid = new TreeMap<>();
    OwnRulesInfo.Decision others = new OwnRulesInfo.Decision(false, Optional.empty());
    for (OwnRule rule : rules.all().toList()) {
      OwnRulesInfo.Decision decision =
          new OwnRulesInfo.Decision(rule.effect() == Rule.DENY, Optional.of(rule.label()));
      for (Subject subject : rule.subjects()) {
        subject.uids().toList().forEach(uid -> byUid.put(uid, decision));
        others = subject.text().equals(Subject.ALL) ? decision : others;
      }
    }
    List<String> profiles = rules.profiles().stream().map(OwnProfile::name).toList();
    return new OwnRulesInfo(profiles, rules.all().toList(), byUid, others);
  }

  @Override
  public synchronized Applied setUidPolicy(long uid, UidPolicy policy, Terms how) {
    if (uid < 1000) {
      throw new FirewallException(
          FirewallException.Cause.INVALID, "UID " + uid + " belongs to the system");
    }
    return update(Setting.UidPolicies.class, before -> before.with(uid, policy), how);
  }

  @Override
  public synchronized Standing standing(long uid) {
    Optional<ProcessReport> process = Optional.ofNullable(processes.get(uid));
    boolean waits = process.filter(p -> p.state() == ProcessState.CACHED_EMPTY).isPresent();
    return new Standing(
        process,
        waits ? Optional.of(AT.plusSeconds(5)) : Optional.empty(),
        document(Setting.IdleUids.class).uids().contains(uid),
        document(Setting.UidPolicies.class).of(uid),
        RestrictBackground.DISABLED);
  }

  @Override
  public synchronized Settings settings() {
    return new Settings(
        document(Setting.Device.class),
        document(Setting.IdleUids.class),
        document(Setting.UidPolicies.class),
        document(Setting.Interfaces.class),
        document(Setting.InterfaceRules.class),
        document(Setting.Lockdown.class),
        document(Setting.IngressDiscard.class),
        document(Setting.LocalNetwork.class),
        document(Setting.BlockedPorts.class),
        document(Setting.Quotas.class),
        document(Setting.OwnRules.class),
        document(Setting.Permissions.class));
  }

  private <S extends Setting> S document(Class<S> kind) {
    return documents.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  @Override
  public synchronized <S extends Setting> Applied update(
      Class<S> kind, UnaryOperator<S> change, Terms how) {
    return replace(change.apply(document(kind)), how);
  }

  @Override
  public synchronized Applied replace(Setting document, Terms how) {
    Applied applied = change(document.toString(), how);
    documents.removeIf(document.getClass()::isInstance);
    documents.add(document);
    return applied;
  }

  /** Those of {@code dozable}. */
  @Override
  public UidSet uids() {
    return UidSet.of(List.of(1000L, 1001L));
  }

  /** Rules name UIDs from 1000 to 1999 only. */
  @Override
  public synchronized Applied removeUid(long uid, Terms how) {
    Applied applied = change("remove " + uid, how);
    boolean named = uid >= 1000 && uid <= 1999;
    return named ? applied : new Applied(false, AT, 0, Optional.empty(), List.of());
  }

  @Override
  public void backup(OutputStream to) throws IOException {
    to.write("policy".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean mayUpdateDeviceStats(long uid) {
    return uid == 0 || document(Setting.Permissions.class).updateDeviceStats().contains(uid);
  }

  /** UID 1000 is blocked by doze, others are not. */
  @Override
  public synchronized Verdict verdict(long uid, Question question) {
    questions.add(question);
    boolean blocked = uid == 1000;
    Verdict.Step dozable =
        new Verdict.Step(
            "dozable",
            Optional.of(Chain.Kind.ALLOWLIST),
            true,
            !blocked,
            false,
            blocked ? Verdict.Effect.BLOCKS : Verdict.Effect.PASSES,
            "DOZE",
            blocked ? Optional.of("uidnet chain allow dozable 1000") : Optional.empty(),
            Optional.empty());
    Verdict.Step lockdown =
        new Verdict.Step(
            "lockdown",
            Optional.empty(),
            true,
            false,
            true,
            Verdict.Effect.NOT_ASKED,
            "LOCKDOWN_VPN",
            Optional.empty(),
            Optional.empty());
    return new Verdict(
        blocked,
        blocked ? List.of("DOZE") : List.of(),
        blocked ? Optional.of(Verdict.RefusedBy.CONNECT) : Optional.empty(),
        List.of(dozable, lockdown));
  }

  /** Of each, 600 bytes are used in a third of March. */
  @Override
  public synchronized List<QuotaInfo> quotas() {
    Cycle.Span march =
        new Cycle.Span(
            Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
    return document(Setting.Quotas.class).byId().entrySet().stream()
        .map(
            quota ->
                new QuotaInfo(
                    quota.getKey(),
                    quota.getValue(),
                    600,
                    march,
                    OptionalLong.of(1800),
                    snoozed.contains(quota.getKey()),
                    false))
        .toList();
  }

  @Override
  public Applied deleteQuota(String id, Terms how) {
    if (how.strict() && !document(Setting.Quotas.class).byId().containsKey(id)) {
      throw new FirewallException(
          FirewallException.Cause.NOT_LISTED, "there is no quota '" + id + "'");
    }
    return update(Setting.Quotas.class, all -> all.without(id), how);
  }

  @Override
  public synchronized Applied snoozeQuota(String id, Snooze what, boolean on, Author by) {
    if (!document(Setting.Quotas.class).byId().containsKey(id)) {
      throw new FirewallException(
          FirewallException.Cause.NOT_LISTED, "there is no quota '" + id + "'");
    }
    if (on) {
      snoozed.add(id);
    } else {
      snoozed.remove(id);
    }
    return change("snooze " + id + " " + what + " " + on, Terms.of(by));
  }

  /** Two hours of UID 1000, UID 1001, and a foreign socket. */
  @Override
  public List<DropRow> drops(Set<Long> uids, Instant from, Instant to) {
    return List.of(
            drop(1000, "DOZE", DropId.Call.EGRESS, new Drop(3, 300)),
            drop(1001, "CUSTOM:night", DropId.Call.CONNECT, new Drop(50, 0)),
            drop(0xffff_ffffL, "LOCAL_NETWORK", DropId.Call.INGRESS, new Drop(1, 60)),
            drop(1000, "DOZE", DropId.Call.EGRESS, new Drop(4, 400)))
        .stream()
        .filter(row -> uids.isEmpty() || uids.contains(row.uid()))
        .toList();
  }

  private static DropRow drop(long uid, String reason, DropId.Call call, Drop drop) {
    return new DropRow(AT, uid, reason, call, drop);
  }

  @Override
  public synchronized Applied confirm(String changeId, Author by) {
    if (!changeId.equals("c-1")) {
      throw new FirewallException(
          FirewallException.Cause.UNKNOWN_CHANGE, "no change '" + changeId + "' is pending");
    }
    return change("confirm " + changeId, Terms.of(by));
  }

  @Override
  public List<Pending> pending() {
    return List.of(new Pending("c-1", "chain dozable", AT.plusSeconds(60)));
  }

  @Override
  public List<AuditEntry> audit(int limit) {
    return List.of(
            new AuditEntry(
                AT, new Author(0, "unix", ""), "chain dozable", "enabled false", "enabled true"),
            new AuditEntry(AT, new Author(0, "tcp", "admin token"), "lockdown", "", "1000"))
        .subList(0, Math.min(2, limit));
  }

  @Override
  public FirewallStatus status() {
    return new FirewallStatus(List.of("a write is tried again"), true, 1, 2, 16_384, 1, 0, 0);
  }

  @Override
  public void addListener(FirewallListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(FirewallListener listener) {
    listeners.remove(listener);
  }
}
