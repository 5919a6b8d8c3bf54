package org.uidnet.firewall;

import java.time.Instant;

/**
 * A change that will be undone unless it is confirmed.
 *
 * @param changeId its name
 * @param what chain or document
 * @param undoneAt about when, by the wall clock of now
 */
public record Pending(String changeId, String what, Instant undoneAt) {}
