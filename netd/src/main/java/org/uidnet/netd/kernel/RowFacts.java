package org.uidnet.netd.kernel;

import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.layout.UidTable;

/**
 * What rows say of accounting that no database has: in which set each UID counts, and of tags,
 * which live in sockets and so outlast maps, whose sockets have some, and which of them charge a
 * UID that was removed since. Written by daemons only, so it stands still while a new one takes
 * over.
 */
final class RowFacts {
  private RowFacts() {}

  /** From maps of whatever layout; those before version 3 know no tags, and nobody set sets. */
  static void copy(Generation from, MapsDatapath to) {
    StructLayout row = from.types().structLayout("uid_row");
    if (!row.has("accounting")) {
      return;
    }
    try (KernelMaps maps = KernelMaps.retired(from)) {
      UidTable before = new UidTable(maps.memory("uids"), row);
      for (int number = 0; number < before.rows(); number++) {
        copy(before, number, to);
      }
    }
  }

  private static void copy(UidTable before, int row, MapsDatapath to) {
    if ((before.counterSet(row) | before.accounting(row) | before.generation(row)) == 0) {
      return;
    }
    to.makeRow(before.uid(row))
        .ifPresent(
            made -> {
              to.uids().setCounterSet(made, before.counterSet(row));
              to.uids().setAccounting(made, before.accounting(row));
              to.uids().setGeneration(made, before.generation(row));
            });
  }
}
