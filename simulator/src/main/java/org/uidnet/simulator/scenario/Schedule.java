package org.uidnet.simulator.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * At which occasions something happens.
 *
 * @param at not outside of these
 * @param times how often in each of these, at random moments, unless {@code every} is there
 * @param every about how often; half to one and a half of it
 */
public record Schedule(Times at, int times, Optional<Duration> every) {}
