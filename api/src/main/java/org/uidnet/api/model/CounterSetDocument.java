package org.uidnet.api.model;

import java.util.Optional;
import org.uidnet.stats.CounterSet;

/**
 * The set that a UID counts in: {@code PUT /v1/uids/{uid}/counter-set}.
 *
 * @param set {@code FOREGROUND} or {@code DEFAULT}
 */
public record CounterSetDocument(Optional<CounterSet> set) {}
