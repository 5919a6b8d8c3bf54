package org.uidnet.firewall;

/**
 * Whom an own rule is about.
 *
 * @param text as it was written: {@code 1000}, {@code 1000-1999}, {@code alice}, {@code @games} or
 *     {@code all}; untrusted
 * @param uids whom that names; of {@code all}, none: who is named nowhere is meant too
 */
public record Subject(String text, UidSet uids) {
  public static final String ALL = "all";

  boolean isAll() {
    return text.equals(ALL);
  }

  boolean names(long uid) {
    return isAll() || uids.contains(uid);
  }
}
