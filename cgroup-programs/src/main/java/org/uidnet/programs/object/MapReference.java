package org.uidnet.programs.object;

import java.util.OptionalInt;

/**
 * An instruction (a 64-bit load, two instructions long) that refers to a map.
 *
 * @param instruction its index in the program
 * @param map name of the map
 * @param valueOffset empty: it loads the map itself; present: the address of that byte of the map's
 *     only value
 */
public record MapReference(int instruction, String map, OptionalInt valueOffset) {
  MapReference movedBy(int instructions) {
    return new MapReference(instruction + instructions, map, valueOffset);
  }
}
