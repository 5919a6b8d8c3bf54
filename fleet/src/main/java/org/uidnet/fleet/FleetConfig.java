package org.uidnet.fleet;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where history is sent.
 *
 * @param host what this host is called there
 * @param postgres a database that many hosts may share
 * @param passwordFile holds its password; none: the driver looks into PGPASSFILE
 * @param otlp a receiver of OTLP over HTTP, with its path
 * @param tokenFile holds a bearer token for that
 * @param keep how long five-minute buckets wait for a sink that is away, at most
 */
public record FleetConfig(
    String host,
    Optional<PostgresTarget> postgres,
    Optional<Path> passwordFile,
    Optional<URI> otlp,
    Optional<Path> tokenFile,
    Duration keep) {

  /** Nowhere. */
  public static final FleetConfig NONE =
      new FleetConfig(
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ZERO);
}
