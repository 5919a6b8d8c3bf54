package org.uidnet.firewall;

import java.util.List;

/** All documents of the settings. */
public record Settings(
    Setting.Device device,
    Setting.IdleUids idleUids,
    Setting.UidPolicies uidPolicies,
    Setting.Interfaces interfaces,
    Setting.InterfaceRules interfaceRules,
    Setting.Lockdown lockdown,
    Setting.IngressDiscard ingressDiscard,
    Setting.LocalNetwork localNetwork,
    Setting.BlockedPorts blockedPorts,
    Setting.Quotas quotas,
    Setting.OwnRules ownRules,
    Setting.Permissions permissions) {

  List<Setting> all() {
    return List.of(
        device,
        idleUids,
        uidPolicies,
        interfaces,
        interfaceRules,
        lockdown,
        ingressDiscard,
        localNetwork,
        blockedPorts,
        quotas,
        ownRules,
        permissions);
  }

  /** The document of that type. */
  public <S extends Setting> S get(Class<S> kind) {
    return all().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(kind + " is no document"));
  }
}
