package org.uidnet.firewall;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token with which a program may read everything over HTTP, and change nothing. Its secret is
 * kept by nobody but that program.
 *
 * @param id never used twice
 * @param name what it is for; untrusted
 * @param hash SHA-256 of the secret, in hexadecimal digits
 * @param expires when it ends; empty: when it is revoked
 */
public record AccessToken(
    long id, String name, String hash, Instant created, Optional<Instant> expires) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_NAME = 128;

  public AccessToken {
    if (!SHA_256.matcher(hash).matches()) {
      throw FirewallException.invalid("a token is stored by its SHA-256, in hexadecimal digits");
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw FirewallException.invalid(
          "a token's name has 1 to " + LONGEST_NAME + " characters: say what it is for");
    }
  }

  /** Whether it may still be used. */
  public boolean isValid(Instant now) {
    return expires.map(now::isBefore).orElse(true);
  }

  /** For people to read. */
  String text() {
    return "read-only, for " + name + expires.map(end -> ", until " + end).orElse("");
  }
}
