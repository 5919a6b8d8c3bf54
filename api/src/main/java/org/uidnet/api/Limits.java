package org.uidnet.api;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What one caller may ask of the server.
 *
 * @param requestsPerSecond per UID; root, admins and holders of the admin token are not limited
 * @param burst requests that a UID may send at once after a pause
 * @param connectionsPerUid open connections of one UID on the unix socket, root and admins excepted
 * @param bodyBytes longest request body
 * @param streamsPerUid open streams of one UID, root and admins excepted
 * @param streams open streams of all; those of ordinary users may be half of them
 * @param atOnce requests of one UID that are being answered, root and admins excepted; ordinary
 *     users together may have half of the server's threads
 * @param tcpConnections open connections over TCP; further ones wait
 * @param requestTime in which a connection has to bring a whole request, and a body to come
 */
public record Limits(
    int requestsPerSecond,
    int burst,
    int connectionsPerUid,
    int bodyBytes,
    int streamsPerUid,
    int streams,
    int atOnce,
    int tcpConnections,
    Duration requestTime) {
  public static final Limits DEFAULT =
      new Limits(50, 100, 32, 1 << 20, 4, 256, 6, 512, Duration.ofSeconds(10));

  public Limits {
    if (IntStream.of(
                requestsPerSecond,
                burst,
                connectionsPerUid,
                bodyBytes,
                streamsPerUid,
                streams,
                atOnce,
                tcpConnections)
            .anyMatch(limit -> limit < 1)
        || requestTime.toMillis() < 1) {
      throw new IllegalArgumentException("limits are 1 or more");
    }
  }
}
