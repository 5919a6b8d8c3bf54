package org.uidnet.firewall;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a verdict is asked for; what is absent is as it is now, or for networks and addresses: some
 * network that no rule names.
 *
 * @param iface of the host, by name
 * @param metered instead of what the interface is; likewise roaming and vpn
 * @param loopback whether the packet stays in the host
 * @param inbound a packet that comes in; else a connection that is made
 * @param remote the other end's address
 * @param enabled chains as if they were switched so
 * @param dataSaver as if it were switched so
 * @param owner who made the socket, if that is not the one who connects it
 */
public record Question(
    Optional<String> iface,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> vpn,
    boolean loopback,
    boolean inbound,
    Optional<InetAddress> remote,
    Map<String, Boolean> enabled,
    Optional<Boolean> dataSaver,
    OptionalLong owner) {
  /** An outgoing connection as things are. */
  public static final Question NOW =
      new Question(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          OptionalLong.empty());

  /** The same on a metered network. */
  public static final Question ON_METERED =
      new Question(
          Optional.empty(),
          Optional.of(true),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          OptionalLong.empty());

  public Question {
    enabled = Map.copyOf(enabled);
  }
}
