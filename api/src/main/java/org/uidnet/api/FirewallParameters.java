package org.uidnet.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Lifetime;
import org.uidnet.firewall.Question;
import org.uidnet.firewall.Terms;

/** Reads the parameters of changes to the firewall, and of questions to it. */
final class FirewallParameters {
  /** What any change takes. */
  static final Set<String> CHANGE = Set.of("confirm");

  /** What a change takes that may remove what is not there. */
  static final Set<String> REMOVAL = Set.of("confirm", "strict");

  static final Set<String> VERDICT =
      Set.of(
          "iface",
          "direction",
          "metered",
          "roaming",
          "vpn",
          "loopback",
          "remote",
          "enable",
          "disable",
          "dataSaver",
          "owner");

  private FirewallParameters() {}

  static Terms terms(Call call) {
    return new Terms(
        author(call.caller()),
        call.query().one("confirm").map(text -> duration("confirm", text)),
        flag(call, "strict").orElse(false));
  }

  /** The admin token tells no UID; it is root's. */
  static Author author(Caller caller) {
    long uid = caller.uid().orElse(0);
    return switch (caller.proof().kind()) {
      case PEER -> new Author(uid, "unix", "");
      case SESSION -> new Author(uid, "session", "");
      case ADMIN_TOKEN -> new Author(uid, "tcp", "admin token");
      case TOKEN, NONE -> throw new IllegalStateException(caller.proof() + " changes nothing");
    };
  }

  static Optional<Lifetime> lifetime(RuleRequest request, Instant now) {
    return lifetime(request.duration(), request.until(), now);
  }

  static Optional<Lifetime> lifetime(
      Optional<String> duration, Optional<String> until, Instant now) {
    if (duration.isPresent() && until.isPresent()) {
      throw Refusal.badField("until", "Give 'for' or 'until', not both.");
    }
    return duration
        .<Lifetime>map(text -> new Lifetime.For(duration("for", text)))
        .or(() -> until.map(text -> until(text, now)));
  }

  private static Lifetime until(String text, Instant now) {
    if (text.equals(RuleRequest.REBOOT)) {
      return new Lifetime.UntilReboot();
    }
    Instant end = UsageParameters.time("until", text, now);
    if (!end.isAfter(now)) {
      throw Refusal.badField("until", "'" + text + "' is over; it is " + now + " now.");
    }
    return new Lifetime.Until(end);
  }

  private static Duration duration(String field, String text) {
    try {
      return Times.parseDuration(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badField(field, e.getMessage() + ".");
    }
  }

  static Question question(Call call, Firewall firewall) {
    Query query = call.query();
    return new Question(
        query.one("iface").map(UsageParameters::iface),
        flag(call, "metered"),
        flag(call, "roaming"),
        flag(call, "vpn"),
        flag(call, "loopback").orElse(false),
        isInbound(query).orElse(false),
        query.one("remote").map(text -> Addresses.parse("remote", text)),
        switches(query, firewall),
        flag(call, "dataSaver"),
        owner(query));
  }

  private static OptionalLong owner(Query query) {
    return query
        .one("owner")
        .map(text -> OptionalLong.of(UidParameter.number("owner", text)))
        .orElse(OptionalLong.empty());
  }

  /** What the parameter {@code direction} says. */
  static Optional<Boolean> isInbound(Query query) {
    return query
        .one("direction")
        .map(text -> UsageParameters.oneOf("direction", text, Set.of("ingress", "egress"), t -> t))
        .map("ingress"::equals);
  }

  private static Map<String, Boolean> switches(Query query, Firewall firewall) {
    Map<String, Boolean> switches = new HashMap<>();
    put(switches, "enable", query.list("enable"), firewall);
    put(switches, "disable", query.list("disable"), firewall);
    return switches;
  }

  private static void put(
      Map<String, Boolean> switches, String field, List<String> chains, Firewall firewall) {
    for (String chain : chains) {
      requireSwitch(field, chain, firewall);
      if (switches.put(chain, field.equals("enable")) != null) {
        throw Refusal.badField(field, "Chain '" + chain + "' is given twice.");
      }
    }
  }

  private static void requireSwitch(String field, String chain, Firewall firewall) {
    var info = firewall.chain(chain);
    if (info.isEmpty()) {
      throw Refusal.badField(field, "There is no chain '" + chain + "'.").withErrno("EINVAL");
    }
    if (info.get().alwaysOn()) {
      throw Refusal.badField(
          field, "Chain '" + chain + "' has no switch; ask with metered and dataSaver.");
    }
  }

  static Optional<Boolean> flag(Call call, String name) {
    return call.query().one(name).map(text -> UsageParameters.flag(name, text));
  }
}
