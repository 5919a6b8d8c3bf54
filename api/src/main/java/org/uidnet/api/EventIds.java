package org.uidnet.api;

import java.util.Optional;

/**
 * Ids of events: the boot, and a number that grows with the time in it, so that an id of an earlier
 * daemon or of another boot is never taken for a later one.
 *
 * @param bootId the kernel's name for this boot
 */
record EventIds(String bootId) {
  String of(long number) {
    return bootId + "-" + number;
  }

  /** The number of an id; 0, before every event, if it is none of this boot. */
  long number(String id) {
    return Optional.of(id)
        .filter(text -> text.startsWith(bootId + "-"))
        .map(text -> text.substring(bootId.length() + 1))
        .filter(digits -> digits.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
  }
}
