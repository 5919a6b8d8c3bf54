package org.uidnet.api.model;

import java.util.Optional;
import org.uidnet.firewall.UidPolicy;

/** What a user decided of a UID on metered networks: {@code PUT /v1/uids/{uid}/policy}. */
public record UidPolicyDocument(Optional<UidPolicy> policy) {
  /**
   * By name.
   *
   * @throws IllegalArgumentException if there is no such policy
   */
  public static UidPolicyDocument named(String policy) {
    return new UidPolicyDocument(Optional.of(UidPolicy.valueOf(policy)));
  }
}
