package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.fleet.PostgresTarget;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where history is sent, beside that of other hosts. */
final class ExportOptions {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Where systemd puts what {@code LoadCredential=} names. */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  private static final String CREDENTIAL = "uidnet-export-password";

  @Option(
      names = "--export-postgres",
      paramLabel = "URL",
      converter = Database.class,
      description =
          "Send five-minute buckets to a database that speaks PostgreSQL's protocol:"
              + " postgresql://USER@HOST/DATABASE?sslmode=verify-full. Default: none.")
  private Optional<PostgresTarget> postgres;

  @Option(
      names = "--export-password-file",
      paramLabel = "FILE",
      description = {
        "Holds the database's password. Default: the credential uidnet-export-password of"
            + " systemd, else what PGPASSFILE has."
      })
  private Optional<Path> passwordFile;

  @Option(
      names = "--export-host",
      paramLabel = "NAME",
      description = "What this host is called there; no two may be alike. Default: its host name.")
  private Optional<String> host;

  @Option(
      names = "--export-keep",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = Durations.class,
      description = {
        "How long history waits for a sink that is away; then the oldest is never sent. Default:"
            + " ${DEFAULT-VALUE}."
      })
  private Duration keep;

  /** Reads the address of a database. */
  static final class Database implements ITypeConverter<PostgresTarget> {
    @Override
    public PostgresTarget convert(String text) {
      try {
        return PostgresTarget.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  FleetConfig config(Map<String, String> environment) throws IOException {
    if (postgres.isEmpty()) {
      return FleetConfig.NONE;
    }
    return new FleetConfig(
        host.isPresent() ? host.get() : Files.readString(HOST_NAME).strip(),
        postgres,
        passwordFile.or(() -> credential(environment)),
        keep);
  }

  private static Optional<Path> credential(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(CREDENTIALS))
        .map(directory -> Path.of(directory, CREDENTIAL))
        .filter(Files::exists);
  }
}
