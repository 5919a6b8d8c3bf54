package org.uidnet.api.model;

import org.uidnet.firewall.RestrictBackground;

/**
 * How data saver stands for a UID: {@code GET /v1/uids/{uid}/restrict-background}.
 *
 * @param number Android's, 1 to 3
 */
public record RestrictBackgroundStatus(long uid, RestrictBackground status, int number) {
  public static RestrictBackgroundStatus of(long uid, RestrictBackground status) {
    return new RestrictBackgroundStatus(uid, status, status.number());
  }
}
