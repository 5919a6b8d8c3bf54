package org.uidnet.firewall;

import java.time.Instant;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;

/**
 * Refusals in an hour.
 *
 * @param hour when it began
 * @param uid whose, or {@code SlotId.UID_FOREIGN}
 * @param reason blocked reason by name
 */
public record DropRow(Instant hour, long uid, String reason, DropId.Call call, Drop drop) {}
