package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The latest changes, newest first: {@code GET /v1/audit}. */
public record AuditLog(List<Entry> entries) {
  public AuditLog {
    entries = List.copyOf(entries);
  }

  /**
   * A change.
   *
   * @param uid who made it; absent where a token or a service did
   * @param transport {@code unix}, {@code session} for a page that this UID opened, {@code tcp} for
   *     the admin token, {@code dbus} for what a service of the host told, or {@code daemon} for
   *     what ended, was undone or was put back
   * @param service which one of the host told it over D-Bus
   * @param what chain or document
   * @param before untrusted text, as is {@code after}
   */
  public record Entry(
      Instant time,
      Optional<Long> uid,
      String transport,
      Optional<String> service,
      String what,
      String before,
      String after) {}
}
