package org.uidnet.simulator.kernel;

import java.util.Map;
import java.util.Objects;

/**
 * How UIDs of the host look from inside.
 *
 * @param uids UIDs of the host to those inside; the initial namespace shows all as they are
 */
public record UserNamespace(boolean isInitial, Map<Long, Long> uids) {
  public static final UserNamespace INITIAL = new UserNamespace(true, Map.of());

  /** What a UID without a mapping looks like. */
  static final long OVERFLOW_UID = 65_534;

  public UserNamespace {
    uids = Map.copyOf(uids);
  }

  /** What {@code unshare -U -r} makes: the caller is root inside, and nobody else is anyone. */
  public static UserNamespace ofRoot(long uid) {
    return new UserNamespace(false, Map.of(uid, 0L));
  }

  long inside(long uid) {
    return isInitial ? uid : Objects.requireNonNullElse(uids.get(uid), OVERFLOW_UID);
  }
}
