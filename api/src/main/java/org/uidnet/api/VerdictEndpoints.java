package org.uidnet.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uidnet.api.UsageParameters.Range;
import org.uidnet.api.model.DropReport;
import org.uidnet.api.model.VerdictReport;
import org.uidnet.firewall.DropRow;
import org.uidnet.firewall.Firewall;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Kind;
import org.uidnet.stats.UsageFilter.UidRange;

/** Who would be refused, and who was. */
final class VerdictEndpoints {
  static final Set<String> DROPS = Set.of("uid", "from", "to", "limit", "cursor");

  private static final Comparator<DropReport.Row> MOST_FIRST =
      Comparator.comparing((DropReport.Row row) -> row.drop().packets()).reversed();

  private final Firewall firewall;
  private final UidNames names;

  VerdictEndpoints(Firewall firewall, UidNames names) {
    this.firewall = firewall;
    this.names = names;
  }

  VerdictReport verdict(Call call) {
    long uid = UidParameter.of(call);
    return VerdictReport.of(
        uid, names.name(uid), firewall.verdict(uid, FirewallParameters.question(call, firewall)));
  }

  DropReport drops(Call call) {
    Page page = Page.of(call.query());
    Range range = page.range().orElseGet(() -> UsageParameters.range(call));
    List<DropReport.Row> rows = rows(selection(call), range);
    return new DropReport(
        range.from(),
        range.to(),
        call.now(),
        page.of(rows),
        rows.stream().map(DropReport.Row::drop).reduce(Drop.NONE, Drop::plus),
        page.next(rows, range));
  }

  private static UidSelection selection(Call call) {
    UidSelection selection = UidSelection.of(call.query(), call.caller());
    if (selection.removed()) {
      throw Refusal.badField("uid", "Refusals of removed UIDs are not kept.");
    }
    return selection;
  }

  /** Whose refusals, why and where. */
  private record Key(long uid, String reason, DropId.Call call) {}

  /** Hours together. */
  private List<DropReport.Row> rows(UidSelection selection, Range range) {
    Map<Key, Drop> drops = new LinkedHashMap<>();
    for (DropRow row : firewall.drops(uids(selection), range.from(), range.to())) {
      if (selection.selects(row.uid())) {
        drops.merge(new Key(row.uid(), row.reason(), row.call()), row.drop(), Drop::plus);
      }
    }
    List<DropReport.Row> rows = new ArrayList<>();
    drops.forEach((key, drop) -> rows.add(row(key, drop)));
    rows.sort(MOST_FIRST);
    return rows;
  }

  /** All of them, where ranges are asked for. */
  private static Set<Long> uids(UidSelection selection) {
    return selection.ranges().stream().allMatch(range -> range.first() == range.last())
        ? selection.ranges().stream().map(UidRange::first).collect(Collectors.toSet())
        : Set.of();
  }

  private DropReport.Row row(Key key, Drop drop) {
    boolean foreign = key.uid() == SlotId.UID_FOREIGN;
    return new DropReport.Row(
        foreign ? Kind.FOREIGN : Kind.UID,
        foreign ? Optional.empty() : Optional.of(key.uid()),
        foreign ? Optional.empty() : names.name(key.uid()),
        key.reason(),
        key.call(),
        drop);
  }
}
