package org.uidnet.api.model;

import java.util.List;

/** Read-only tokens, the oldest first: {@code GET /v1/tokens}. */
public record TokenList(List<TokenDocument> tokens) {
  public TokenList {
    tokens = List.copyOf(tokens);
  }
}
