package org.uidnet.stats;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.UidNames;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.stats.Usage.UidState;

/** Which UIDs there are, and how they stand. Thread-safe. */
final class KnownUids {
  private static final long AS_NOW = Long.MAX_VALUE;

  private final Datapath datapath;
  private final CounterSets sets;
  private final UidNames names;

  KnownUids(Datapath datapath, CounterSets sets, UidNames names) {
    this.datapath = datapath;
    this.sets = sets;
    this.names = names;
  }

  /** Those of history, and those that programs or a counter set have made since. */
  List<UidState> all(Books books) {
    SortedSet<Long> uids = new TreeSet<>();
    books.series().all().stream()
        .filter(series -> series.kind() == Kind.UID)
        .forEach(series -> uids.add(series.uid()));
    addCounting(uids);
    return uids.stream().map(uid -> of(uid, books)).toList();
  }

  private void addCounting(SortedSet<Long> uids) {
    UidTable table = datapath.uids();
    for (int row = 0; row < table.rows(); row++) {
      boolean counts = table.liveSlots(row) > 0 || table.counterSet(row) != 0;
      if (counts && table.uid(row) != SlotId.UID_FOREIGN) {
        uids.add(table.uid(row));
      }
    }
  }

  UidState of(long uid, Books books) {
    OptionalInt row = datapath.rowOf(uid);
    return new UidState(
        uid,
        names.name(uid).or(() -> books.names().at(uid, AS_NOW)),
        sets.of(uid),
        row.isPresent() ? datapath.uids().liveSlots(row.getAsInt()) : 0);
  }
}
