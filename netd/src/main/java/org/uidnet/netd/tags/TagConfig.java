package org.uidnet.netd.tags;

import java.util.Set;

/**
 * How sockets may be tagged.
 *
 * @param mostKeys keys that may count for a UID before no more sockets are charged to it, 0 or more
 * @param mostSlots part of all slots that may count before no more sockets are tagged, 0 to 100 %
 * @param dnsUids what is charged to them with Android's DNS tag is the owner's after all
 * @param translationUids what they send was counted before it was translated, so it is not counted
 */
public record TagConfig(int mostKeys, int mostSlots, Set<Long> dnsUids, Set<Long> translationUids) {
  /** Android's limits ({@code BpfHandler.h}), and no UID that is treated otherwise. */
  public static final TagConfig DEFAULT = new TagConfig(500, 90, Set.of(), Set.of());

  public TagConfig {
    if (mostKeys < 0 || mostSlots < 0 || mostSlots > 100) {
      throw new IllegalArgumentException(
          "limits are 0 keys or more and 0 to 100 %, not " + mostKeys + " and " + mostSlots);
    }
    dnsUids = Set.copyOf(dnsUids);
    translationUids = Set.copyOf(translationUids);
  }
}
