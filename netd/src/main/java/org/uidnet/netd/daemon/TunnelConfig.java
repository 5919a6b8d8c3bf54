package org.uidnet.netd.daemon;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.uidnet.stats.attribution.Tunnel;
import org.uidnet.stats.attribution.Tunnels;

/** The VPNs of a host, as they are configured. */
public record TunnelConfig(Tunnels tunnels) {
  public static final TunnelConfig NONE = new TunnelConfig(Tunnels.NONE);

  private static final String KERNEL = "kernel";
  private static final long LAST_UID = 4_294_967_294L;

  /** Of an interface, as Linux has them, less the few characters that part names here. */
  private static final String NAME = "[^\\s/=:+,]{1,15}";

  private static final Pattern TUNNEL =
      Pattern.compile("(%1$s)=(\\d{1,10}|kernel):(%1$s(?:\\+%1$s)*)".formatted(NAME));

  /**
   * Reads a list such as {@code tun0=998:wlan0+eth0,wg0=kernel:eth0}.
   *
   * @throws IllegalArgumentException if it is none, or such tunnels cannot be
   */
  public static TunnelConfig parse(String text) {
    return new TunnelConfig(
        new Tunnels(Stream.of(text.split(",", -1)).map(TunnelConfig::tunnel).toList()));
  }

  private static Tunnel tunnel(String item) {
    Matcher matcher = TUNNEL.matcher(item.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no tunnel; write INTERFACE=OWNER:BELOW[+BELOW...], as tun0=998:wlan0+eth0, the owner a UID or 'kernel'"
              .formatted(item.strip()));
    }
    return new Tunnel(
        matcher.group(1), owner(matcher.group(2)), List.of(matcher.group(3).split("\\+")));
  }

  private static Optional<Long> owner(String text) {
    if (text.equals(KERNEL)) {
      return Optional.empty();
    }
    long uid = Long.parseLong(text);
    if (uid > LAST_UID) {
      throw new IllegalArgumentException("'" + text + "' is no UID; write 0 to " + LAST_UID);
    }
    return Optional.of(uid);
  }
}
