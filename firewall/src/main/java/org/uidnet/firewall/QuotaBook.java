package org.uidnet.firewall;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** How all quotas stand, by id. A value. */
record QuotaBook(SortedMap<String, QuotaState> states) {
  static final QuotaBook EMPTY = new QuotaBook(new TreeMap<>());

  QuotaBook {
    states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
  }

  Optional<QuotaState> find(String id) {
    return Optional.ofNullable(states.get(id));
  }

  QuotaBook with(String id, QuotaState state) {
    SortedMap<String, QuotaState> all = new TreeMap<>(states);
    all.put(id, state);
    return new QuotaBook(all);
  }

  /** Each quota that has a number, with how it stands. */
  void forEach(Setting.Quotas quotas, BiConsumer<Quota, QuotaState> action) {
    quotas.byId().forEach((id, quota) -> find(id).ifPresent(state -> action.accept(quota, state)));
  }

  /** The UIDs that quotas name, by the quota's number. */
  Map<Integer, UidSet> uidsByNumber(Setting.Quotas quotas) {
    Map<Integer, UidSet> uids = new HashMap<>();
    forEach(quotas, (quota, state) -> uids.put(state.number(), quota.template().uids()));
    return uids;
  }
}
