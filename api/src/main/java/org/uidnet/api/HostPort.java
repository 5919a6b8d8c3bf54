package org.uidnet.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP address to listen on, on loopback. IPv6 addresses are without brackets here.
 *
 * @param port 0 lets the system choose
 */
public record HostPort(String host, int port) {
  private static final Pattern TEXT = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*)):(\\d{1,5})");
  private static final String LOCALHOST = "localhost";

  /** What is no literal Java would take for a name: 127.0.0.256. */
  private static final Pattern LOOPBACK =
      Pattern.compile(LOCALHOST + "|::1|127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  public HostPort {
    if (!LOOPBACK.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "uidnet listens on loopback only, not on '"
              + host
              + "': use 127.0.0.1 or [::1]. To reach it from elsewhere put a reverse proxy with TLS"
              + " in front of it that passes on Authorization and sets Host to this address");
    }
    if (port > 65535) {
      throw new IllegalArgumentException(port + " is not a port; ports end at 65535");
    }
  }

  /** Reads {@code 127.0.0.1:8477} or {@code [::1]:8477}. */
  public static HostPort parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT; write 127.0.0.1:8477 or [::1]:8477");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new HostPort(host, Integer.parseInt(matcher.group(3)));
  }

  /** Of loopback, whatever a resolver says of localhost: none is asked. */
  public InetSocketAddress address() {
    return host.equals(LOCALHOST)
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
        : new InetSocketAddress(host, port);
  }

  /** As it stands in URLs. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
