package org.uidnet.programs;

import java.util.Optional;

/** Names of UIDs as the host knows them now. Names are untrusted text. */
@FunctionalInterface
public interface UidNames {
  Optional<String> name(long uid);
}
