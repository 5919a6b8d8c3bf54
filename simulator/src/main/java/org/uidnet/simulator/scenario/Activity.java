package org.uidnet.simulator.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What a user does again and again.
 *
 * @param chance that an occasion is used, 0 to 1
 * @param when what must be so at that moment, else nothing happens
 * @param foreground whether the user's counter set is the foreground's meanwhile
 * @param onInterface the interface it is bound to; empty: the one that carries the traffic
 */
public record Activity(
    Exchange exchange,
    Schedule schedule,
    double chance,
    List<Condition> when,
    boolean foreground,
    Optional<String> onInterface) {}
