package org.uidnet.api;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.uidnet.api.UsageParameters.Range;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.CounterSetChange;
import org.uidnet.api.model.CounterSetDocument;
import org.uidnet.api.model.Operations;
import org.uidnet.api.model.Permissions;
import org.uidnet.api.model.UidDirectory;
import org.uidnet.api.model.UidDocument;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.ProcessReport;
import org.uidnet.firewall.Question;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Standing;
import org.uidnet.firewall.Terms;
import org.uidnet.firewall.Verdict;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Usage;
import org.uidnet.stats.Usage.UidState;

/** What is said of single UIDs, and what they say themselves. */
final class UidEndpoints {
  static final Set<String> DIRECTORY = Set.of("name", "limit", "cursor");

  private static final long LAST_TAG = 0xffff_ffffL;

  private final Usage usage;
  private final Firewall firewall;
  private final SocketTags tags;

  UidEndpoints(Services services) {
    usage = services.usage();
    firewall = services.firewall();
    tags = services.tags();
  }

  /** Those that were counted, and those that a rule names. */
  UidDirectory uids(Call call) {
    Page page = Page.of(call.query());
    Optional<String> name = call.query().one("name");
    List<UidState> known =
        states().stream().filter(uid -> name.isEmpty() || uid.name().equals(name)).toList();
    return new UidDirectory(
        page.of(known).stream().map(this::document).toList(),
        page.next(known, new Range(Instant.EPOCH, Instant.EPOCH)));
  }

  private Collection<UidState> states() {
    SortedMap<Long, UidState> states = new TreeMap<>();
    usage.uids().forEach(state -> states.put(state.uid(), state));
    firewall.uids().toList().forEach(uid -> states.computeIfAbsent(uid, usage::uid));
    return states.values();
  }

  UidDocument uid(Call call) {
    return document(usage.uid(UidParameter.of(call)));
  }

  private UidDocument document(UidState state) {
    Verdict verdict = firewall.verdict(state.uid(), Question.NOW);
    Standing standing = firewall.standing(state.uid());
    return new UidDocument(
        state.uid(),
        state.name(),
        state.set(),
        state.counters(),
        permissions(state.uid()),
        standing.process().map(ProcessReport::state),
        standing.process().map(process -> List.copyOf(process.capabilities())).orElse(List.of()),
        standing.backgroundAt(),
        standing.idle(),
        standing.policy(),
        standing.restrictBackground(),
        verdict.blocked(),
        verdict.reasons(),
        firewall.verdict(state.uid(), Question.ON_METERED).reasons());
  }

  private Permissions permissions(long uid) {
    Setting.Permissions permissions = firewall.settings().permissions();
    return new Permissions(
        Optional.of(!permissions.noInternet().contains(uid)),
        Optional.of(firewall.mayUpdateDeviceStats(uid)),
        Optional.of(permissions.useRestrictedNetworks().contains(uid)));
  }

  Change addOperations(Call call) {
    long uid = UidParameter.of(call);
    requireOwnOrPermission(call.caller(), uid);
    Operations operations = call.body().read(Operations.class);
    long tag = tag(Fields.required("tag", operations.tag()));
    int count = count(Fields.required("count", operations.count()));
    usage.addOperations(uid, tag, count);
    return Change.of(count > 0, call.now());
  }

  CounterSetChange setCounterSet(Call call) {
    long uid = UidParameter.of(call);
    CounterSet set = set(Fields.required("set", call.body().read(CounterSetDocument.class).set()));
    return new CounterSetChange(uid, set, Change.of(usage.setCounterSet(uid, set), call.now()));
  }

  private static CounterSet set(CounterSet set) {
    if (set == CounterSet.OVERFLOW) {
      throw Refusal.badField("set", "A UID counts in FOREGROUND or DEFAULT; OVERFLOW is no choice.")
          .withErrno("EINVAL");
    }
    return set;
  }

  /**
   * What was recorded for the UID and what names it goes, each by its owner; rules last, for they
   * may be all that blocks what still runs as it. May be repeated after a failure.
   */
  Change remove(Call call) {
    call.body().requireNoFields();
    long uid = UidParameter.of(call);
    Terms terms = FirewallParameters.terms(call);
    tags.forget(uid);
    boolean used = usage.removeUid(uid);
    Applied rules = firewall.removeUid(uid, terms);
    if (!used && !rules.changed() && terms.strict()) {
      throw Refusal.of(
              ProblemType.NO_SUCH_UID, "Nothing is known of UID %d; nothing went.".formatted(uid))
          .withErrno("ENOENT");
    }
    return Change.of(rules, used || rules.changed());
  }

  private void requireOwnOrPermission(Caller caller, long uid) {
    boolean allowed =
        caller.role() == Caller.Role.ADMIN
            || caller.uid().equals(OptionalLong.of(uid))
            || caller.uid().stream().anyMatch(firewall::mayUpdateDeviceStats);
    if (!allowed) {
      throw Refusal.of(
              ProblemType.OWN_ONLY,
              "UID %d may count its own operations only: /v1/uids/self/operations. Those of others need the permission updateDeviceStats."
                  .formatted(caller.uid().orElseThrow()))
          .withErrno("EPERM");
    }
  }

  private static long tag(long tag) {
    if (tag < 1 || tag > LAST_TAG) {
      throw Refusal.badField(
              "tag", tag + " is no tag that operations are counted for: those are 1 to 4294967295.")
          .withErrno("EINVAL");
    }
    return tag;
  }

  private static int count(int count) {
    if (count < 0) {
      throw Refusal.badField("count", count + " operations cannot be counted; they only add up.")
          .withErrno("EINVAL");
    }
    return count;
  }
}
