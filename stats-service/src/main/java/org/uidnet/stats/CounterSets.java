package org.uidnet.stats;

import java.util.OptionalInt;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.ErrnoException;

/** Which set each UID counts in, as programs see it. Thread-safe. */
final class CounterSets {
  private final Datapath datapath;

  CounterSets(Datapath datapath) {
    this.datapath = datapath;
  }

  CounterSet of(long uid) {
    OptionalInt row = datapath.rowOf(uid);
    return row.isPresent()
        ? CounterSet.of(datapath.uids().counterSet(row.getAsInt()))
        : CounterSet.DEFAULT;
  }

  /** False, and nothing is written: it was so before. */
  synchronized boolean set(long uid, CounterSet set) {
    if (set == CounterSet.OVERFLOW) {
      throw new IllegalArgumentException("programs alone choose the set " + set);
    }
    if (of(uid) == set) {
      return false;
    }
    datapath.uids().setCounterSet(row(uid), set.number());
    return true;
  }

  private int row(long uid) {
    return datapath
        .makeRow(uid)
        .orElseThrow(
            () ->
                new ErrnoException(
                    "ENOSPC",
                    "UID "
                        + uid
                        + " stays in the set DEFAULT: all rows for UIDs from 65536 on are taken"));
  }
}
