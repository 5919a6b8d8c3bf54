package org.uidnet.programs;

import java.net.InetAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.PortSet;
import org.uidnet.programs.layout.QuotaTable;
import org.uidnet.programs.layout.UidTable;

/**
 * The maps that hold rules, and what the programs tell about refusals; {@code rules.h} says what
 * each rule does. Written by one thread, the firewall's; read by any. Calls throw {@link
 * DatapathException}.
 */
public interface RuleMaps {
  /** Chains that are enabled, and switches. */
  Control control();

  /** Rule words of UIDs. */
  UidTable uids();

  /**
   * The row of a UID, made if it has none yet; empty if no row is left: such a UID is judged as one
   * on no list.
   */
  OptionalInt makeRow(long uid);

  /** Networks with facts that rules ask for, as bits {@code NETWORK_*}. */
  TypedMap<NetworkId, Integer> networks();

  /**
   * Addresses that only one interface of the host may receive; never loopback. In the map are two
   * indexes for each, equal here.
   */
  TypedMap<InetAddress, Integer> ingressDiscard();

  /** Which addresses are local; of several prefixes the longest decides. */
  TypedMap<Prefix, Boolean> localNetworks();

  /** Ports that nobody may bind. */
  PortSet blockedPorts();

  /** Limits to what UIDs and networks may use. */
  QuotaTable quotas();

  /** What was refused since the maps were made. */
  TypedMap<DropId, Drop> drops();

  /** Hands over the events that have come, oldest first; answers how many there were. */
  int pollEvents(Consumer<Event> to);

  /** Returns when there are events, or after that time. */
  void awaitEvents(Duration most);
}
