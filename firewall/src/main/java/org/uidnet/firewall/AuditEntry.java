package org.uidnet.firewall;

import java.time.Instant;

/**
 * A change that was made.
 *
 * @param what chain or document
 * @param before as text, cut if long
 */
public record AuditEntry(Instant time, Author by, String what, String before, String after) {}
