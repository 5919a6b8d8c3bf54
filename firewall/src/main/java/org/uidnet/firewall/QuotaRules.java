package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.QUOTAS;
import static org.uidnet.programs.layout.Layouts.QUOTAS_OF_ALL;
import static org.uidnet.programs.layout.Layouts.QUOTAS_PER_UID;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Which quotas are valid, and how many there is room for. Pure. */
final class QuotaRules {
  /** The kernel's numbers, of which 0 is none; as many stay free for those that replace others. */
  private static final int MOST = QUOTAS / 2 - 1;

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  private QuotaRules() {}

  static void check(Setting.Quotas quotas) {
    quotas.byId().forEach(QuotaRules::check);
    if (quotas.byId().size() > MOST) {
      throw noRoom("there are " + MOST + " quotas already; delete one first");
    }
    checkOfAll(quotas);
    checkPerUid(quotas);
  }

  private static void check(String id, Quota quota) {
    if (!ID.matcher(id).matches()) {
      throw FirewallException.invalid(
          "a quota's id has 1 to 40 small letters, digits, dots, dashes and underscores, and begins"
              + " with a letter or digit");
    }
    check(quota.template());
    checkBytes("warning", quota.warningBytes());
    checkBytes("limit", quota.limitBytes());
  }

  private static void check(Quota.Template template) {
    template.uids().stream().forEach(Policy::checkUid);
    if (template.uids().contains(0)) {
      throw FirewallException.invalid("UID 0 is never stopped, so it can have no quota");
    }
    template.iface().ifPresent(QuotaRules::checkInterface);
  }

  private static void checkInterface(String name) {
    SettingRules.checkName(name);
    if (name.equals("lo") || name.endsWith("/lo")) {
      throw FirewallException.invalid("loopback has no quotas: what stays in the host is free");
    }
  }

  private static void checkBytes(String what, OptionalLong bytes) {
    if (bytes.isPresent() && bytes.getAsLong() < 0) {
      throw FirewallException.invalid(
          "a " + what + " of " + bytes.getAsLong() + " bytes is none: leave it out instead");
    }
  }

  /** Those that quotas name. */
  static Collection<Long> uids(Setting.Quotas quotas) {
    return quotas.byId().values().stream()
        .flatMap(quota -> quota.template().uids().stream().boxed())
        .toList();
  }

  /** A quota of this UID alone goes: without UIDs it would be one of all. */
  static Setting.Quotas withoutUid(Setting.Quotas quotas, long uid) {
    Setting.Quotas rest = quotas;
    for (Map.Entry<String, Quota> each : quotas.byId().entrySet()) {
      Quota quota = each.getValue();
      if (quota.template().uids().contains(uid)) {
        UidSet others = quota.template().uids().without(uid);
        rest =
            others.isEmpty()
                ? rest.without(each.getKey())
                : rest.with(each.getKey(), quota.withUids(others));
      }
    }
    return rest;
  }

  private static void checkOfAll(Setting.Quotas quotas) {
    List<String> ids = new ArrayList<>();
    quotas
        .byId()
        .forEach(
            (id, quota) -> {
              if (quota.template().isForAll()) {
                ids.add(id);
              }
            });
    if (ids.size() > QUOTAS_OF_ALL) {
      throw noRoom(
          "at most %d quotas may be for all UIDs, and %s would be; delete one or name UIDs"
              .formatted(QUOTAS_OF_ALL, String.join(", ", ids)));
    }
  }

  private static void checkPerUid(Setting.Quotas quotas) {
    Map<Long, List<String>> idsByUid = new HashMap<>();
    quotas
        .byId()
        .forEach(
            (id, quota) ->
                quota.template().uids().stream()
                    .forEach(uid -> idsByUid.computeIfAbsent(uid, u -> new ArrayList<>()).add(id)));
    idsByUid.forEach(QuotaRules::checkPerUid);
  }

  private static void checkPerUid(long uid, List<String> ids) {
    if (ids.size() > QUOTAS_PER_UID) {
      throw noRoom(
          "a UID may have %d quotas of its own, and UID %d would have %s; take it out of one"
              .formatted(QUOTAS_PER_UID, uid, String.join(", ", ids)));
    }
  }

  private static FirewallException noRoom(String message) {
    return new FirewallException(FirewallException.Cause.NO_ROOM, message);
  }
}
