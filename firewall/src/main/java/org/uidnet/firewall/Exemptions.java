package org.uidnet.firewall;

import java.util.stream.LongStream;

/** Which UIDs the host cannot do without. Nothing blocks UID 0 in either profile. */
public enum Exemptions {
  /**
   * 0 to 999 and systemd's dynamic users are exempt from allowlists, data saver and lockdown, so
   * that the host keeps its resolver and DHCP; other rules hold for them too.
   */
  LINUX {
    @Override
    boolean fromAllowlists(long uid) {
      return uid <= 999 || isDynamicUser(uid);
    }

    @Override
    boolean fromEverything(long uid) {
      return uid == 0;
    }

    @Override
    LongStream all() {
      return LongStream.concat(
          LongStream.rangeClosed(0, 999), LongStream.rangeClosed(FIRST_DYNAMIC, LAST_DYNAMIC));
    }
  },

  /** UIDs below 10000 are exempt from everything. */
  ANDROID {
    @Override
    boolean fromAllowlists(long uid) {
      return uid < 10_000;
    }

    @Override
    boolean fromEverything(long uid) {
      return uid < 10_000;
    }

    @Override
    LongStream all() {
      return LongStream.range(0, 10_000);
    }
  };

  private static final long FIRST_DYNAMIC = 61184;
  private static final long LAST_DYNAMIC = 65519;

  private static boolean isDynamicUser(long uid) {
    return uid >= FIRST_DYNAMIC && uid <= LAST_DYNAMIC;
  }

  /** From allowlist chains, custom ones too, from data saver and from lockdown. */
  abstract boolean fromAllowlists(long uid);

  /** From every rule that names UIDs. */
  abstract boolean fromEverything(long uid);

  /** Those who are exempt from anything; all are below 65,536. */
  abstract LongStream all();
}
