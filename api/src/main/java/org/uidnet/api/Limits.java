package org.uidnet.api;

/**
 * What one caller may ask of the server.
 *
 * @param requestsPerSecond per UID; root, admins and holders of the admin token are not limited
 * @param burst requests that a UID may send at once after a pause
 * @param connectionsPerUid open connections of one UID on the unix socket, root and admins excepted
 * @param bodyBytes longest request body
 */
public record Limits(int requestsPerSecond, int burst, int connectionsPerUid, int bodyBytes) {
  public static final Limits DEFAULT = new Limits(50, 100, 32, 1 << 20);

  public Limits {
    if (requestsPerSecond < 1 || burst < 1 || connectionsPerUid < 1 || bodyBytes < 1) {
      throw new IllegalArgumentException("limits are 1 or more");
    }
  }
}
