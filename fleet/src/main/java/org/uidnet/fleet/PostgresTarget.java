package org.uidnet.fleet;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A database that speaks PostgreSQL's protocol.
 *
 * @param address {@code host:port/database}; hosts may be many, parted by commas
 * @param user none: the one that the daemon runs as
 * @param parameters of the driver, as {@code sslmode=verify-full}
 */
public record PostgresTarget(String address, Optional<String> user, String parameters) {
  private static final String SHAPE =
      "postgresql://[USER@]HOST[:PORT]/DATABASE[?sslmode=verify-full&…]";

  /**
   * Reads {@code postgresql://user@host:port/database?parameters}, as psql takes it.
   *
   * @throws IllegalArgumentException if it is none, or has a password, which others could read
   */
  public static PostgresTarget parse(String url) {
    URI uri = uri(url);
    String scheme = String.valueOf(uri.getScheme());
    String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
    String path = Optional.ofNullable(uri.getRawPath()).orElse("");
    String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    if (user.contains(":") || query.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "a password does not belong into the address, where others can read it: put it into a"
              + " file and name that by --export-password-file");
    }
    if (!scheme.startsWith("postgres") || authority.length() == at + 1 || path.length() < 2) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(url, SHAPE));
    }
    return new PostgresTarget(
        authority.substring(at + 1) + path,
        user.isEmpty() ? Optional.empty() : Optional.of(user),
        query);
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(url, SHAPE), e);
    }
  }

  /** The same without what may change while it stays the same database. */
  String name() {
    return "postgresql://" + address;
  }

  String jdbcUrl() {
    return "jdbc:" + name() + (parameters.isEmpty() ? "" : "?" + parameters);
  }
}
