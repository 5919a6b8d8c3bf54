package org.uidnet.api.model;

import java.util.List;
import org.uidnet.firewall.AllowlistInfo;
import org.uidnet.firewall.ChainInfo;

/**
 * Who is spared: {@code GET /v1/allowlists/{name}}.
 *
 * @param uids ascending, temporary ones included
 * @param temporary UIDs that are on it, or off it, for a while
 */
public record AllowlistDocument(
    String name, List<Long> uids, List<ChainDocument.Temporary> temporary) {
  public AllowlistDocument {
    uids = List.copyOf(uids);
    temporary = List.copyOf(temporary);
  }

  public static AllowlistDocument of(AllowlistInfo info) {
    return of(info.name(), info.uids().toList(), info.temporary());
  }

  /** A chain under the name of the allowlist that it is. */
  public static AllowlistDocument of(String name, ChainInfo chain) {
    return of(name, chain.uids().toList(), chain.temporary());
  }

  private static AllowlistDocument of(
      String name, List<Long> uids, List<ChainInfo.Temporary> temporary) {
    return new AllowlistDocument(
        name, uids, temporary.stream().map(ChainDocument.Temporary::of).toList());
  }
}
