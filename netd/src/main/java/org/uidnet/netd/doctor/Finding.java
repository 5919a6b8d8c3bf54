package org.uidnet.netd.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param remedy what to do; empty: it is well
 */
public record Finding(String name, String text, Optional<String> remedy) {
  static Finding ok(String name, String text) {
    return new Finding(name, text, Optional.empty());
  }

  static Finding attention(String name, String text, String remedy) {
    return new Finding(name, text, Optional.of(remedy));
  }

  static Finding of(boolean well, String name, String text, String remedy) {
    return well ? ok(name, text) : attention(name, text, remedy);
  }

  public boolean isOk() {
    return remedy.isEmpty();
  }
}
