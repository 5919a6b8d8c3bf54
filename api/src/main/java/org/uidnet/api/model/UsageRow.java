package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.Optional;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;

/**
 * One line of usage. What the question did not group by is absent.
 *
 * @param name untrusted text, as is {@code iface}
 * @param type of the networks behind the interface: {@code wifi}, {@code mobile+vpn}
 * @param inner true: of a tunnel, whose traffic is told of the interfaces below it, too, and left
 *     out of totals; else absent
 * @param operations what apps said that they did; absent if nothing
 */
public record UsageRow(
    Optional<Kind> kind,
    Optional<Long> uid,
    Optional<String> name,
    Optional<CounterSet> set,
    Optional<Long> tag,
    Optional<String> iface,
    Optional<String> network,
    Optional<String> type,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    @JsonProperty("default") Optional<Boolean> defaultNetwork,
    Optional<Long> netns,
    Optional<LocalDate> day,
    Optional<Boolean> inner,
    @JsonUnwrapped Traffic traffic,
    Optional<Long> operations) {}
