package org.uidnet.api;

import java.util.Optional;
import java.util.Set;
import org.uidnet.api.model.AuditLog;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.PendingChange;
import org.uidnet.api.model.PendingChanges;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.Firewall;

/** Changes that were made, and those that wait for a confirmation. */
final class ChangeEndpoints {
  static final Set<String> AUDIT = Set.of("limit");

  private static final int ENTRIES = 100;

  private final Firewall firewall;

  ChangeEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  PendingChanges pending(Call call) {
    return new PendingChanges(firewall.pending().stream().map(PendingChange::of).toList());
  }

  Change confirm(Call call) {
    call.body().requireNoFields();
    String id = call.path().getOrDefault("id", "");
    return Change.of(firewall.confirm(id, FirewallParameters.author(call.caller())));
  }

  AuditLog audit(Call call) {
    int limit = call.query().one("limit").isPresent() ? Page.of(call.query()).limit() : ENTRIES;
    return new AuditLog(firewall.audit(limit).stream().map(ChangeEndpoints::entry).toList());
  }

  static AuditLog.Entry entry(AuditEntry entry) {
    Author by = entry.by();
    boolean hasUid = !by.transport().equals("tcp") && by.service().isEmpty();
    return new AuditLog.Entry(
        entry.time(),
        Optional.of(by.uid()).filter(uid -> hasUid),
        by.transport(),
        by.service(),
        entry.what(),
        entry.before(),
        entry.after());
  }
}
