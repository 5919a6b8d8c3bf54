package org.uidnet.stats;

import java.util.Optional;

/**
 * Which interface of the host leads to everywhere else. Operations are recorded on it: an app that
 * counts one does not say where its packets went, and Android does the same.
 */
@FunctionalInterface
public interface DefaultNetwork {
  /** Operations belong to no interface. */
  DefaultNetwork NONE = Optional::empty;

  /** Its name at present; empty: the host is offline. */
  Optional<String> name();
}
