package org.uidnet.fleet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a receiver of OTLP answered.
 *
 * @param status 0 if there was no answer
 * @param reason of that
 * @param retryAfter for how long it asked to be left alone
 */
record OtlpAnswer(int status, String reason, Optional<Duration> retryAfter) {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  static OtlpAnswer none(String reason) {
    return new OtlpAnswer(0, reason, Optional.empty());
  }

  static OtlpAnswer of(HttpResponse<?> answer) {
    return new OtlpAnswer(
        answer.statusCode(),
        "it answered " + answer.statusCode(),
        answer.headers().firstValue("Retry-After").flatMap(OtlpAnswer::seconds));
  }

  /** Collectors tell seconds; a date, which may come too, means the usual pause. */
  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  SinkException failure(URI endpoint) {
    return new SinkException(
        "cannot send history to %s: %s; %s".formatted(endpoint, reason, remedy()), retryAfter);
  }

  private String remedy() {
    return switch (status) {
      case 0 -> "see that it runs, and is reached from this host";
      case BAD_REQUEST -> "see its log: it may not take sums of deltas (docs/fleet.md)";
      case UNAUTHORIZED, FORBIDDEN -> "see --export-token-file";
      case NOT_FOUND -> "the path is mostly /v1/metrics";
      case TOO_MANY, UNAVAILABLE -> "it has too much to do; it is left alone for a while";
      default -> "see its log";
    };
  }
}
