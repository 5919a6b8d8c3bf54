package org.uidnet.api;

import java.time.Clock;
import java.util.function.Supplier;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.firewall.Firewall;
import org.uidnet.programs.Networks;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Host;
import org.uidnet.stats.Usage;

/**
 * What the server serves. All of it is called from several threads.
 *
 * @param names of UIDs
 * @param health must answer at once, also when stores are locked
 */
public record Services(
    Usage usage,
    Firewall firewall,
    SocketTags tags,
    PacketTraces traces,
    Networks networks,
    UidNames names,
    Host host,
    Supplier<Health> health,
    Supplier<DaemonStatus> status,
    PeerCredentials peers,
    Clock clock) {}
