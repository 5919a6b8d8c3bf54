package org.uidnet.firewall;

import static org.uidnet.firewall.FirewallException.Cause.NOT_LISTED;
import static org.uidnet.firewall.FirewallException.Cause.STORE;
import static org.uidnet.firewall.FirewallException.Cause.UNKNOWN_CHANGE;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.Networks;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;

/**
 * The firewall over one set of maps. It has no thread of its own: {@link #round} is for the
 * daemon's agent, {@link #onEvent} for the one that reads events.
 *
 * <p>Changes and rounds hold the lock; they alone use the store and write the maps. Questions about
 * policy read what was published last.
 */
public final class FirewallService implements Firewall, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.uidnet.firewall");

  private static final int TCP = 6;
  private static final Duration BETWEEN_SAMPLES = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  /** What it is made of. */
  record Parts(
      FirewallConfig config,
      RuleMaps maps,
      Networks networks,
      SocketDestroyer destroyer,
      Boot boot,
      Clock clock,
      PastUsage past,
      Steps steps) {}

  /** What holds now. */
  private record State(PolicyStore.Contents contents, Links links, Enforcer.Enforced enforced) {
    Policy policy() {
      return contents.policy();
    }
  }

  /**
   * What listeners are to be told, outside of the lock.
   *
   * @param foreground UIDs that came to the foreground, or left it
   */
  private record News(
      List<AuditEntry> changes,
      List<QuotaAlert> alerts,
      Map<Long, Boolean> foreground,
      List<BlockedStatus> blocked) {
    static final News NONE = of(List.of());

    static News of(List<AuditEntry> changes) {
      return new News(changes, List.of(), Map.of(), List.of());
    }

    News with(List<BlockedStatus> statuses) {
      return new News(changes, alerts, foreground, statuses);
    }
  }

  private final Parts parts;
  private final Problems problems = new Problems();
  private final Enforcer enforcer;
  private final QuotaKeeper quotaKeeper;
  private final BlockedStates blockedStates = new BlockedStates();
  private final List<FirewallListener> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();

  /** One copy at a time: each lies beside the policy until it is read. Taken before the lock. */
  private final Object backups = new Object();

  /** Guarded by the lock; empty while it cannot be read. */
  private Optional<PolicyStore> store = Optional.empty();

  /** Guarded by the lock. */
  private Optional<DropSampler> sampler = Optional.empty();

  /** Guarded by the lock, in nanoseconds since boot. */
  private long nextSample;

  private long nextLook;

  /** What was last asked for; any thread may find another out instead. */
  private volatile Optional<Effective> effective = Optional.empty();

  /** Empty until the store could be read once. */
  private volatile Optional<State> state = Optional.empty();

  private volatile boolean storeReadable;

  private FirewallService(Parts parts) {
    this.parts = parts;
    enforcer = new Enforcer(parts, problems);
    quotaKeeper = new QuotaKeeper(parts.maps(), parts.past());
  }

  /**
   * Opens or creates the policy and brings it into force. Where it cannot be read the maps stay as
   * they are, changes are refused, {@link #status} says so, and each round tries again.
   */
  public static FirewallService open(
      FirewallConfig config,
      RuleMaps maps,
      Networks networks,
      SocketDestroyer destroyer,
      Boot boot,
      Clock clock,
      PastUsage past) {
    return open(new Parts(config, maps, networks, destroyer, boot, clock, past, Steps.UNOBSERVED));
  }

  static FirewallService open(Parts parts) {
    FirewallService service = new FirewallService(parts);
    service.round();
    return service;
  }

  /**
   * What is due: rules that end, changes that nobody confirmed, cycles of quotas that begin, writes
   * that failed, interfaces that came or went, refusals to be added up.
   */
  public void round() {
    News made = News.NONE;
    synchronized (lock) {
      try {
        openStore();
        made = catchUp();
      } catch (FirewallException e) {
        storeFailed(e);
      }
      state.ifPresent(this::enforceAgain);
      made = made.with(newlyBlocked(made.changes()));
      sampleIfDue();
    }
    tell(made);
  }

  /** Now and then all rows are looked at, also those that should not have changed. */
  private void enforceAgain(State last) {
    long now = parts.boot().elapsed().nanos();
    Links links = links(last.links());
    if (now >= nextLook) {
      nextLook = now + BETWEEN_LOOKS.toNanos();
      enforce(last.contents(), links);
    } else {
      enforceChange(last.contents(), links);
    }
  }

  /** How long to wait for the next round: until something ends, or that time. */
  public Duration untilNextRound(Duration most) {
    Moment now = moment();
    return state.stream()
        .flatMap(last -> left(last, now))
        .map(left -> left.isNegative() ? Duration.ZERO : left)
        .min(Duration::compareTo)
        .filter(left -> left.compareTo(most) < 0)
        .orElse(most);
  }

  private Stream<Duration> left(State last, Moment now) {
    PolicyStore.Contents contents = last.contents();
    Stream<Instant> looks =
        Stream.concat(cycleEnds(contents), effective(last, now).derived().nextLook().stream());
    return Stream.concat(
        expiries(contents).flatMap(expiry -> expiry.left(now).stream()),
        looks.map(look -> Duration.between(now.wall(), look)));
  }

  private static Stream<Instant> cycleEnds(PolicyStore.Contents contents) {
    List<Instant> ends = new ArrayList<>();
    contents
        .quotas()
        .forEach(
            contents.policy().settings().quotas(),
            (quota, state) -> ends.add(quota.cycle().at(state.cycleStart()).end()));
    return ends.stream();
  }

  private static Stream<Expiry> expiries(PolicyStore.Contents contents) {
    return Stream.concat(contents.undos().stream().map(Undo::expiry), contents.expiries());
  }

  /** After a failure it is not known what was stored: it is read again. */
  private void openStore() {
    if (store.isPresent()) {
      return;
    }
    PolicyStore opened = PolicyStore.open(parts.config());
    boolean done = false;
    try {
      State read = compiled(opened.read());
      sampler = Optional.of(new DropSampler(parts.maps(), opened));
      store = Optional.of(opened);
      storeReadable = true;
      problems.clear("store");
      state = Optional.of(read);
      done = true;
    } finally {
      if (!done) {
        opened.abandon();
        store = Optional.empty();
      }
    }
  }

  /** Not yet in force. */
  private State compiled(PolicyStore.Contents contents) {
    Links links = links(state.map(State::links).orElse(Links.NONE));
    Moment now = moment();
    Desired desired =
        Compiler.compile(
            effective(contents, links, now).policy(),
            contents.quotas(),
            parts.config().exemptions(),
            links,
            now);
    return new State(contents, links, new Enforcer.Enforced(desired, List.of(), 0));
  }

  /** Questions come one after the other, and in between nothing changes. */
  private Effective effective(PolicyStore.Contents contents, Links links, Moment now) {
    Effective known =
        effective
            .filter(last -> last.isOf(contents, links, now))
            .orElseGet(() -> Effective.of(contents, parts.config(), links, now));
    effective = Optional.of(known);
    return known;
  }

  private Effective effective(State last, Moment now) {
    return effective(last.contents(), last.links(), now);
  }

  private void storeFailed(FirewallException e) {
    problems.raise("store", String.valueOf(e.getMessage()));
    storeReadable = false;
    store.ifPresent(PolicyStore::abandon);
    store = Optional.empty();
    sampler = Optional.empty();
  }

  private Links links(Links last) {
    try {
      Links links = Links.of(parts.networks().interfaces(), parts.config().tunnels());
      problems.clear("interfaces");
      return links;
    } catch (DatapathException e) {
      problems.raise("interfaces", "interfaces are as they were last: " + e.getMessage());
      return last;
    }
  }

  private void enforce(PolicyStore.Contents contents, Links links) {
    Moment now = moment();
    Enforcer.Enforced enforced = enforcer.enforce(effective(contents, links, now), links, now);
    state = Optional.of(new State(contents, links, enforced));
  }

  private void enforceChange(PolicyStore.Contents contents, Links links) {
    Moment now = moment();
    Enforcer.Enforced enforced =
        enforcer.enforceChange(effective(contents, links, now), links, now);
    state = Optional.of(new State(contents, links, enforced));
  }

  /** Stores what has ended meanwhile. */
  private News catchUp() {
    PolicyStore.Contents before = known().contents();
    Moment now = moment();
    PolicyStore.Contents undone = Undoing.undo(before, now);
    QuotaKeeper.Kept kept = quotaKeeper.round(quotas(before), quotas(undone), before.quotas(), now);
    PolicyStore.Contents after = undone.with(kept.book());
    return after.equals(before)
        ? News.NONE
        : new News(
            commit(before, after, entries(before, after, Author.SELF, now)),
            kept.alerts(),
            after.processes().foregroundSince(before.processes()),
            List.of());
  }

  /** To be asked after each enforcement. */
  private List<BlockedStatus> newlyBlocked(List<AuditEntry> changes) {
    return state
        .map(
            last -> {
              Moment now = moment();
              return blockedStates.look(
                  effective(last, now).policy(),
                  last.contents().processes(),
                  last.enforced().desired(),
                  now,
                  changes.stream().map(AuditEntry::what).toList());
            })
        .orElse(List.of());
  }

  private static Setting.Quotas quotas(PolicyStore.Contents contents) {
    return contents.policy().settings().quotas();
  }

  private void sampleIfDue() {
    if (parts.boot().elapsed().nanos() >= nextSample) {
      nextSample = parts.boot().elapsed().nanos() + BETWEEN_SAMPLES.toNanos();
      sample();
    }
  }

  private void sample() {
    try {
      sampler.ifPresent(s -> s.sample(known().policy(), parts.clock().instant()));
      problems.clear("drops");
    } catch (DatapathException e) {
      problems.raise("drops", "refusals could not be read: " + e.getMessage());
    } catch (FirewallException e) {
      storeFailed(e);
    }
  }

  /** Stores a change, and has it in force as far as questions are concerned. */
  private List<AuditEntry> commit(
      PolicyStore.Contents before, PolicyStore.Contents after, List<AuditEntry> entries) {
    PolicyStore open = requireStore();
    Map<Long, AuditEntry> audit = new LinkedHashMap<>();
    try {
      long id = open.nextAuditId();
      for (AuditEntry entry : entries) {
        audit.put(id++, entry);
      }
      open.write(before, after, audit);
    } catch (FirewallException e) {
      storeFailed(e);
      throw e;
    }
    parts.steps().reached(Steps.Step.COMMITTED);
    State last = known();
    state = Optional.of(new State(after, last.links(), last.enforced()));
    return List.copyOf(audit.values());
  }

  private static List<AuditEntry> entries(
      PolicyStore.Contents before, PolicyStore.Contents after, Author by, Moment now) {
    List<AuditEntry> entries = new ArrayList<>();
    for (Part part : Part.differing(before.policy(), after.policy())) {
      entries.add(
          new AuditEntry(
              now.wall(),
              by,
              part.toString(),
              part.only(before.policy(), after.policy()),
              part.only(after.policy(), before.policy())));
    }
    String gone = before.processes().only(after.processes());
    String told = after.processes().only(before.processes());
    if (!gone.equals(told)) {
      entries.add(new AuditEntry(now.wall(), by, "processes", gone, told));
    }
    entries.addAll(after.tokens().changesSince(before.tokens(), by, now));
    return entries;
  }

  private PolicyStore requireStore() {
    return store.orElseThrow(
        () ->
            new FirewallException(
                STORE,
                "the policy in "
                    + parts.config().file()
                    + " cannot be read or stored: rules stay as they are; see problems in status"));
  }

  private State known() {
    return state.orElseThrow(
        () ->
            new FirewallException(
                STORE,
                "the policy in "
                    + parts.config().file()
                    + " could not be read: what is in force is not known; see problems in status"));
  }

  private Moment moment() {
    return new Moment(parts.clock().instant(), parts.boot().id(), parts.boot().elapsed().nanos());
  }

  private Applied change(Terms terms, UnaryOperator<Policy> change) {
    News made;
    Applied applied;
    synchronized (lock) {
      requireStore();
      Moment now = moment();
      PolicyStore.Contents before = known().contents();
      Policy after = change.apply(before.policy().at(now));
      List<Part> changed = Part.differing(before.policy().at(now), after);
      if (changed.isEmpty()) {
        return unchanged();
      }
      parts.steps().reached(Steps.Step.CHECKED);
      Optional<Undo> undo =
          terms.confirmWithin().map(wait -> undo(changed.get(0), before.policy(), wait, now));
      List<Undo> undos = new ArrayList<>(before.undos());
      undo.ifPresent(undos::add);
      PolicyStore.Contents wanted = before.with(after).with(undos);
      made = make(wanted, entries(before, wanted, terms.by(), now), now);
      applied = applied(undo.map(u -> u.pending(now)));
    }
    tell(made);
    return applied;
  }

  /** Has a change stored and in force; answers what is to be told of it. */
  private News make(PolicyStore.Contents wanted, List<AuditEntry> entries, Moment now) {
    PolicyStore.Contents before = known().contents();
    QuotaKeeper.Kept kept = quotaKeeper.keep(quotas(before), quotas(wanted), before.quotas(), now);
    PolicyStore.Contents after = wanted.with(kept.book());
    List<AuditEntry> changes = commit(before, after, entries);
    enforceChange(known().contents(), known().links());
    return new News(
        changes,
        kept.alerts(),
        after.processes().foregroundSince(before.processes()),
        newlyBlocked(changes));
  }

  /** Each change is of one part; its number in the audit log names it. */
  private Undo undo(Part part, Policy before, Duration wait, Moment now) {
    return new Undo(requireStore().nextAuditId(), part, part.text(before), Expiry.after(wait, now));
  }

  private Applied unchanged() {
    return inForce(false);
  }

  /** Rules are as they were. */
  private Applied inForce(boolean changed) {
    return new Applied(
        changed, parts.clock().instant(), 0, Optional.empty(), known().enforced().failures());
  }

  private Applied applied(Optional<Pending> pending) {
    Enforcer.Enforced enforced = known().enforced();
    return new Applied(
        true, parts.clock().instant(), enforced.destroyed(), pending, enforced.failures());
  }

  @Override
  public List<ChainInfo> chains() {
    Moment now = moment();
    Effective holds = effective(known(), now);
    return holds.policy().chains().values().stream()
        .map(chain -> chain.info(holds.derived().byState(chain), now))
        .toList();
  }

  @Override
  public Optional<ChainInfo> chain(String name) {
    Moment now = moment();
    Effective holds = effective(known(), now);
    return holds.policy().find(name).map(chain -> chain.info(holds.derived().byState(chain), now));
  }

  @Override
  public Applied setEnabled(String chain, boolean enabled, Terms terms) {
    return change(terms, policy -> policy.withEnabled(chain, enabled));
  }

  @Override
  public Applied replaceUids(String chain, Set<Long> uids, Terms terms) {
    return change(terms, policy -> policy.withList(chain, uids));
  }

  @Override
  public Rule rule(String chain, long uid) {
    Policy.checkUid(uid);
    Moment now = moment();
    ChainState known = effective(known(), now).policy().chain(chain);
    return known.kind().rule(known.lists(uid, now));
  }

  @Override
  public Applied setRule(
      String chain, long uid, Rule rule, Optional<Lifetime> lifetime, Terms terms) {
    return change(
        terms,
        policy -> {
          if (terms.strict()) {
            requireEntry(policy, chain, uid, rule);
          }
          return lifetime
              .map(life -> policy.withTemporary(chain, uid, rule, Expiry.of(life, moment())))
              .orElseGet(() -> policy.withRule(chain, uid, rule));
        });
  }

  /** Android's: removing fails if no rule at all names the UID, and only then. */
  private void requireEntry(Policy policy, String chain, long uid, Rule rule) {
    if (!policy.chain(chain).kind().lists(rule) && !policy.concerns(uid, moment())) {
      throw new FirewallException(
          NOT_LISTED, "UID " + uid + " is on no list, so there is nothing to remove");
    }
  }

  @Override
  public Applied createChain(String name, Chain.Kind kind, Terms terms) {
    return change(terms, policy -> policy.withCustom(name, kind));
  }

  @Override
  public Applied deleteChain(String name, Terms terms) {
    return change(
        terms,
        policy -> {
          if (terms.strict() && policy.find(name).isEmpty()) {
            throw new FirewallException(NOT_LISTED, "there is no chain '" + name + "'");
          }
          return policy.without(name);
        });
  }

  @Override
  public AllowlistInfo allowlist(Allowlist list) {
    return AllowlistInfo.of(known().policy().allowlist(list).info(moment()));
  }

  @Override
  public Applied replaceAllowlist(Allowlist list, Set<Long> uids, Terms terms) {
    return change(terms, policy -> policy.withList(list, uids));
  }

  @Override
  public Applied setAllowlisted(
      Allowlist list, long uid, boolean listed, Optional<Lifetime> lifetime, Terms terms) {
    Rule rule = listed ? Rule.ALLOW : Rule.DENY;
    return change(
        terms,
        policy ->
            lifetime
                .map(life -> policy.withTemporary(list, uid, rule, Expiry.of(life, moment())))
                .orElseGet(() -> policy.withRule(list, uid, rule)));
  }

  /** Reports on which no rule depends are stored, so that later ones are told from stale ones. */
  @Override
  public Reported reportProcesses(Map<Long, ProcessReport> reports, Author by) {
    reports.keySet().forEach(Policy::checkUid);
    News made;
    Reported reported;
    synchronized (lock) {
      requireStore();
      Moment now = moment();
      PolicyStore.Contents before = known().contents();
      ProcessBook.Told told =
          before.processes().at(now).tell(reports, parts.config().backgroundDelay(), now);
      PolicyStore.Contents after = before.with(told.book());
      if (after.equals(before)) {
        return new Reported(unchanged(), told.stale());
      }
      parts.steps().reached(Steps.Step.CHECKED);
      if (told.mattered().isEmpty()) {
        made = News.of(commit(before, after, List.of()));
        reported = new Reported(inForce(true), told.stale());
      } else {
        made = make(after, entries(before, after, by, now), now);
        reported = new Reported(applied(Optional.empty()), told.stale());
      }
    }
    tell(made);
    return reported;
  }

  @Override
  public OwnRulesInfo ownRules() {
    return effective(known(), moment()).derived().own().info();
  }

  @Override
  public OwnRulesInfo supposing(Setting.OwnRules rules) {
    OwnRuleChecks.check(rules);
    State last = known();
    PolicyStore.Contents supposed = last.contents().with(last.policy().with(rules));
    return Derived.of(supposed, parts.config(), last.links(), moment()).own().info();
  }

  @Override
  public Applied setUidPolicy(long uid, UidPolicy policy, Terms terms) {
    if (policy != UidPolicy.NONE && parts.config().exemptions().fromAllowlists(uid)) {
      throw FirewallException.invalid(
          "UID %d belongs to the system, which metered networks are never kept from"
              .formatted(uid));
    }
    return update(Setting.UidPolicies.class, before -> before.with(uid, policy), terms);
  }

  @Override
  public Standing standing(long uid) {
    Moment now = moment();
    State last = known();
    PolicyStore.Contents contents = last.contents();
    Settings settings = contents.policy().settings();
    Optional<Processes> process = contents.processes().at(now).find(uid);
    return new Standing(
        process.map(Processes::report),
        process.flatMap(Processes::grace).flatMap(end -> end.about(now)),
        settings.idleUids().uids().contains(uid),
        settings.uidPolicies().of(uid),
        effective(last, now).derived().state().restrictBackground(uid));
  }

  @Override
  public Settings settings() {
    return known().policy().settings();
  }

  @Override
  public Applied replace(Setting document, Terms terms) {
    return replaceAs(document.getClass(), document, terms);
  }

  private <S extends Setting> Applied replaceAs(Class<S> kind, Setting document, Terms terms) {
    return update(kind, before -> kind.cast(document), terms);
  }

  @Override
  public <S extends Setting> Applied update(Class<S> kind, UnaryOperator<S> change, Terms terms) {
    return change(
        terms,
        policy -> {
          if (!Setting.State.class.isAssignableFrom(kind)) {
            refreshLinks();
          }
          return policy.withSetting(kind, change, known().links());
        });
  }

  /** Whoever names an interface may have made it just now. */
  private void refreshLinks() {
    State last = known();
    state = Optional.of(new State(last.contents(), links(last.links()), last.enforced()));
  }

  @Override
  public UidSet uids() {
    State last = known();
    PolicyStore.Contents contents = last.contents();
    return contents.policy().uids(moment()).plus(UidSet.of(contents.processes().byUid().keySet()));
  }

  /** What changes is told as one: a list for each chain would not say that a UID went. */
  @Override
  public Applied removeUid(long uid, Terms terms) {
    Policy.checkUid(uid);
    News made;
    Applied applied;
    synchronized (lock) {
      boolean refused = forgetDrops(uid);
      Moment now = moment();
      PolicyStore.Contents before = known().contents();
      PolicyStore.Contents after = before.withoutUid(uid);
      if (after.equals(before)) {
        return inForce(refused);
      }
      parts.steps().reached(Steps.Step.CHECKED);
      AuditEntry entry = removal(uid, before, after, terms.by(), now);
      made = make(after, List.of(entry), now);
      applied = applied(Optional.empty());
    }
    tell(made);
    return applied;
  }

  /** What is refused from now on is another's. */
  private boolean forgetDrops(long uid) {
    PolicyStore open = requireStore();
    sample();
    try {
      return open.forgetDrops(uid);
    } catch (FirewallException e) {
      storeFailed(e);
      throw e;
    }
  }

  private static AuditEntry removal(
      long uid, PolicyStore.Contents before, PolicyStore.Contents after, Author by, Moment now) {
    String lines =
        entries(before, after, by, now).stream()
            .map(entry -> entry.what() + ": " + entry.before())
            .collect(Collectors.joining("\n"));
    return new AuditEntry(now.wall(), by, "uid " + uid, lines, "");
  }

  @Override
  public boolean mayUpdateDeviceStats(long uid) {
    return uid == 0
        || state
            .map(last -> last.policy().settings().permissions().updateDeviceStats().contains(uid))
            .orElse(false);
  }

  @Override
  public Verdict verdict(long uid, Question question) {
    State last = known();
    Moment now = moment();
    Effective holds = effective(last, now);
    return new Explainer(
            holds.policy(),
            holds.derived(),
            last.enforced().desired(),
            quotas(),
            parts.config().exemptions(),
            last.links(),
            now)
        .verdict(uid, question);
  }

  @Override
  public List<QuotaInfo> quotas() {
    PolicyStore.Contents contents = known().contents();
    Instant now = parts.clock().instant();
    List<QuotaInfo> all = new ArrayList<>();
    quotas(contents)
        .byId()
        .forEach(
            (id, quota) ->
                contents.quotas().find(id).ifPresent(s -> all.add(info(id, quota, s, now))));
    return all;
  }

  private QuotaInfo info(String id, Quota quota, QuotaState quotaState, Instant now) {
    long counter = parts.maps().quotas().used(quotaState.number());
    return QuotaInfo.of(id, quota, quotaState, counter, now);
  }

  @Override
  public Applied snoozeQuota(String id, Snooze what, boolean on, Author by) {
    QuotaState.Mark mark =
        what == Snooze.LIMIT ? QuotaState.Mark.LIMIT_SNOOZED : QuotaState.Mark.WARNING_SNOOZED;
    News made;
    Applied applied;
    synchronized (lock) {
      requireStore();
      PolicyStore.Contents before = known().contents();
      QuotaState known = before.quotas().find(id).orElseThrow(() -> noQuota(id));
      if (known.has(mark) == on) {
        return unchanged();
      }
      parts.steps().reached(Steps.Step.CHECKED);
      PolicyStore.Contents after = before.with(before.quotas().with(id, known.with(mark, on)));
      made = News.of(commit(before, after, List.of(snoozed(id, what, on, by))));
      enforceChange(after, known().links());
      applied = applied(Optional.empty());
    }
    tell(made);
    return applied;
  }

  private AuditEntry snoozed(String id, Snooze what, boolean on, Author by) {
    String text = what + " snoozed";
    return new AuditEntry(
        parts.clock().instant(), by, "quota " + id, on ? "" : text, on ? text : "");
  }

  private static FirewallException noQuota(String id) {
    return new FirewallException(NOT_LISTED, "there is no quota '" + id + "'");
  }

  @Override
  public Applied deleteQuota(String id, Terms terms) {
    return update(
        Setting.Quotas.class,
        all -> {
          if (terms.strict() && !all.byId().containsKey(id)) {
            throw noQuota(id);
          }
          return all.without(id);
        },
        terms);
  }

  @Override
  public List<DropRow> drops(Set<Long> uids, Instant from, Instant to) {
    synchronized (lock) {
      sample();
      return requireStore().drops(uids, DropSampler.hour(from), to);
    }
  }

  @Override
  public String reasonName(int number) {
    return Reason.name(number, state.map(State::policy).orElseGet(Policy::initial));
  }

  @Override
  public Applied confirm(String changeId, Author by) {
    News made;
    synchronized (lock) {
      requireStore();
      PolicyStore.Contents before = known().contents();
      Undo undo = waiting(before, changeId);
      List<Undo> undos = new ArrayList<>(before.undos());
      undos.remove(undo);
      Instant now = parts.clock().instant();
      made =
          News.of(
              commit(
                  before,
                  before.with(undos),
                  List.of(
                      new AuditEntry(
                          now, by, undo.part().toString(), "to be confirmed", "confirmed"))));
    }
    tell(made);
    return inForce(true);
  }

  private static Undo waiting(PolicyStore.Contents contents, String changeId) {
    return contents.undos().stream()
        .filter(undo -> Long.toString(undo.id()).equals(changeId))
        .findFirst()
        .orElseThrow(
            () ->
                new FirewallException(
                    UNKNOWN_CHANGE,
                    "no change '"
                        + changeId
                        + "' waits to be confirmed: it was confirmed or undone already"));
  }

  @Override
  public List<AccessToken> tokens() {
    return known().contents().tokens().at(moment()).all();
  }

  @Override
  public AccessToken addToken(String name, String hash, Optional<Instant> expires, Author by) {
    News made;
    AccessToken token;
    synchronized (lock) {
      Moment now = moment();
      PolicyStore.Contents before = known().contents();
      Instant created = now.wall().truncatedTo(ChronoUnit.MILLIS);
      token = new AccessToken(requireStore().nextAuditId(), name, hash, created, expires);
      made = store(before, before.with(before.tokens().with(token)), by, now);
    }
    tell(made);
    return token;
  }

  @Override
  public Applied revokeToken(long id, Terms terms) {
    News made;
    synchronized (lock) {
      requireStore();
      PolicyStore.Contents before = known().contents();
      if (before.tokens().find(id).isEmpty()) {
        return noToken(id, terms);
      }
      made = store(before, before.with(before.tokens().without(id)), terms.by(), moment());
    }
    tell(made);
    return inForce(true);
  }

  private Applied noToken(long id, Terms terms) {
    if (terms.strict()) {
      throw new FirewallException(NOT_LISTED, "there is no token " + id);
    }
    return unchanged();
  }

  /** Of what no rule depends on. */
  private News store(
      PolicyStore.Contents before, PolicyStore.Contents after, Author by, Moment now) {
    return News.of(commit(before, after, entries(before, after, by, now)));
  }

  @Override
  public void note(String what, String text, Author by) {
    News made;
    synchronized (lock) {
      PolicyStore.Contents same = known().contents();
      AuditEntry entry = new AuditEntry(parts.clock().instant(), by, what, "", text);
      made = News.of(commit(same, same, List.of(entry)));
    }
    tell(made);
  }

  @Override
  public List<Pending> pending() {
    Moment now = moment();
    return known().contents().undos().stream().map(undo -> undo.pending(now)).toList();
  }

  @Override
  public List<AuditEntry> audit(int limit) {
    synchronized (lock) {
      return requireStore().audit(limit);
    }
  }

  /** The lock is held for the copy only, not for whoever reads it slowly. */
  @Override
  public void backup(OutputStream to) throws IOException {
    synchronized (backups) {
      try (DatabaseCopy copy = copy()) {
        copy.writeTo(to);
      }
    }
  }

  private DatabaseCopy copy() {
    synchronized (lock) {
      return requireStore().copy();
    }
  }

  @Override
  public FirewallStatus status() {
    Control control = parts.maps().control();
    return new FirewallStatus(
        problems.all(),
        storeReadable,
        state.map(last -> last.enforced().failures().size()).orElse(0),
        control.highRowsEverUsed(),
        control.uidRows() - Layouts.LOW_UIDS,
        state.map(last -> last.policy().custom().size()).orElse(0),
        control.uncountedDrops(),
        control.lostEvents());
  }

  /**
   * To be told of each refusal, on the thread that reads them. A connection whose packet was
   * dropped is ended, so that it fails at once and does not wait for answers: the hook for connect
   * knows neither the network nor who made the socket.
   */
  public void onEvent(Event event) {
    if (event.id().call() == DropId.Call.EGRESS && isTcp(event)) {
      try {
        parts.destroyer().destroy(event);
      } catch (DatapathException e) {
        problems.raise("sockets", "a blocked connection was not ended: " + e.getMessage());
      }
    }
    String reason = reasonName(event.id().reason());
    notifyAll(listener -> listener.refused(event, reason));
  }

  private static boolean isTcp(Event event) {
    return event.flow().map(Flow::protocol).filter(protocol -> protocol == TCP).isPresent();
  }

  private void tell(News made) {
    made.changes().forEach(entry -> notifyAll(listener -> listener.changed(entry)));
    made.alerts().forEach(alert -> notifyAll(listener -> listener.alerted(alert)));
    made.foreground().forEach((uid, is) -> notifyAll(listener -> listener.foreground(uid, is)));
    made.blocked().forEach(status -> notifyAll(listener -> listener.blocked(status)));
  }

  private void notifyAll(Consumer<FirewallListener> call) {
    for (FirewallListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("a listener of the firewall failed", e);
      }
    }
  }

  @Override
  public void addListener(FirewallListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(FirewallListener listener) {
    listeners.remove(listener);
  }

  /** Stores what was refused; rules stay in force. */
  @Override
  public void close() {
    synchronized (lock) {
      sample();
      store.ifPresent(PolicyStore::close);
      store = Optional.empty();
      sampler = Optional.empty();
    }
  }

  /** Closes without storing anything more, as a crash would. */
  void abandon() {
    synchronized (lock) {
      store.ifPresent(PolicyStore::abandon);
      store = Optional.empty();
      sampler = Optional.empty();
    }
  }
}
