package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.uidnet.stats.CounterSet;

/** A UID's counter set after a change. */
public record CounterSetChange(long uid, CounterSet set, @JsonUnwrapped Change change) {}
