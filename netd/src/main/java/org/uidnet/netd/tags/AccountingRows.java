package org.uidnet.netd.tags;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.UidTable;

/**
 * The rows of UIDs as far as they say whom traffic is charged to. All bits of the accounting word
 * are written here, under one lock; programs only read them.
 */
final class AccountingRows {
  private final AccountingMaps maps;
  private final UidTable uids;

  AccountingRows(AccountingMaps maps) {
    this.maps = maps;
    uids = maps.uids();
  }

  /** The row of a UID, made if it has none. */
  int row(long uid) {
    return maps.makeRow(uid)
        .orElseThrow(
            () ->
                new ErrnoException(
                    "E2BIG",
                    "There is no row left for UID %d, so what is tagged for it could not be counted apart."
                        .formatted(uid)));
  }

  /** Programs ask the sockets of this UID for their tags from the next packet on. */
  synchronized void expectTags(long uid) {
    int row = row(uid);
    uids.setAccounting(row, uids.accounting(row) | Layouts.ACCOUNTS_TAGS);
  }

  /**
   * Voids tags that charge the UID, and has programs ask its sockets for none. What it is by
   * configuration it stays. A tag that is being written now is void, too: its generation was read
   * before.
   */
  synchronized void forget(long uid) {
    maps.rowOf(uid)
        .ifPresent(
            row -> {
              uids.nextGeneration(row);
              uids.setAccounting(row, uids.accounting(row) & ~Layouts.ACCOUNTS_TAGS);
            });
  }

  /** Treats these UIDs otherwise, and no others any more. */
  synchronized void configure(TagConfig config) {
    Map<Integer, Integer> special = new HashMap<>();
    mark(special, config.dnsUids(), Layouts.ACCOUNTS_DNS);
    mark(special, config.translationUids(), Layouts.ACCOUNTS_TRANSLATION);
    for (int row = 0; row < uids.rows(); row++) {
      int bits = uids.accounting(row);
      int next = (bits & Layouts.ACCOUNTS_TAGS) | special.getOrDefault(row, 0);
      if (next != bits) {
        uids.setAccounting(row, next);
      }
    }
  }

  private void mark(Map<Integer, Integer> special, Set<Long> marked, int bit) {
    marked.forEach(uid -> special.merge(row(uid), bit, (one, other) -> one | other));
  }

  /** Of which tags that charge the UID must be. */
  int generation(int row) {
    return uids.generation(row);
  }

  /** Keys that count for the UID. */
  int keys(int row) {
    return uids.liveSlots(row);
  }
}
