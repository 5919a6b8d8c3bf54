package org.uidnet.api;

import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpStatus;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.CounterSetChange;
import org.uidnet.api.model.CounterSetDocument;
import org.uidnet.api.model.Operations;
import org.uidnet.firewall.Applied;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Terms;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Usage;

/** What is said of single UIDs, and what they say themselves. */
final class UidEndpoints {
  private static final long LAST_TAG = 0xffff_ffffL;

  private final Usage usage;
  private final Firewall firewall;
  private final SocketTags tags;

  UidEndpoints(Services services) {
    usage = services.usage();
    firewall = services.firewall();
    tags = services.tags();
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
              HttpStatus.NOT_FOUND_404, "Nothing is known of UID %d; nothing went.".formatted(uid))
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
              HttpStatus.FORBIDDEN_403,
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
