package org.uidnet.netd.command;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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

  private static final String PASSWORD = "uidnet-export-password";
  private static final String TOKEN = "uidnet-export-token";

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
      names = "--export-otlp",
      paramLabel = "URL",
      converter = Receiver.class,
      description =
          "Send the same as metrics by OTLP over HTTP: http://collector:4318/v1/metrics. Default:"
              + " none.")
  private Optional<URI> otlp;

  @Option(
      names = "--export-token-file",
      paramLabel = "FILE",
      description = {
        "Holds a bearer token for that. Default: the credential uidnet-export-token of systemd,"
            + " else none."
      })
  private Optional<Path> tokenFile;

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

  /** Reads the address of a receiver. */
  static final class Receiver implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return require(new URI(text));
      } catch (URISyntaxException e) {
        throw new TypeConversionException(
            "'" + text + "' is no address; write http://collector:4318/v1/metrics");
      }
    }

    private static URI require(URI uri) throws URISyntaxException {
      boolean http = String.valueOf(uri.getScheme()).matches("https?");
      if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
        throw new URISyntaxException(uri.toString(), "not HTTP, or with a user");
      }
      return uri;
    }
  }

  FleetConfig config(Map<String, String> environment) throws IOException {
    if (postgres.isEmpty() && otlp.isEmpty()) {
      return FleetConfig.NONE;
    }
    return new FleetConfig(
        host.isPresent() ? host.get() : Files.readString(HOST_NAME).strip(),
        postgres,
        passwordFile.or(() -> credential(PASSWORD, environment)),
        otlp,
        tokenFile.or(() -> credential(TOKEN, environment)),
        keep);
  }

  private static Optional<Path> credential(String name, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(CREDENTIALS))
        .map(directory -> Path.of(directory, name))
        .filter(Files::exists);
  }
}
