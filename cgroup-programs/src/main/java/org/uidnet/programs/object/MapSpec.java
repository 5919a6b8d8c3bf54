package org.uidnet.programs.object;

import java.util.Optional;

/**
 * What a map should be; whoever creates it may change its size and its constants first.
 *
 * @param name as the kernel shows it, at most 15 characters
 * @param type number of the map type
 * @param keySize bytes of a key, 0 for maps without keys
 * @param valueSize bytes of a value
 * @param maxEntries 0 where the kernel wants none (socket storage)
 * @param flags of its creation
 * @param btfKeyTypeId type of the key, 0 for none and where the kernel takes no types (stacks)
 * @param btfValueTypeId type of the value, under the same rule
 * @param constants contents of a read-only data section, to be written and frozen before the
 *     programs are loaded; empty for every other map
 */
public record MapSpec(
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int btfKeyTypeId,
    int btfValueTypeId,
    Optional<Constants> constants) {

  /** A copy of another size. */
  public MapSpec withMaxEntries(int entries) {
    return new MapSpec(
        name, type, keySize, valueSize, entries, flags, btfKeyTypeId, btfValueTypeId, constants);
  }

  /** A copy of a data map with other contents of the same size. */
  public MapSpec withContents(byte[] contents) {
    return withConstants(new Constants(requireConstants().layout(), Bytes.of(contents)));
  }

  /**
   * A copy of a data map in which one constant, such as {@code limits.slots}, has another value.
   */
  public MapSpec withConstant(String constant, long value) {
    return withConstants(requireConstants().with(constant, value));
  }

  private MapSpec withConstants(Constants changed) {
    return new MapSpec(
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        flags,
        btfKeyTypeId,
        btfValueTypeId,
        Optional.of(changed));
  }

  private Constants requireConstants() {
    return constants.orElseThrow(
        () -> new IllegalArgumentException("map " + name + " is not a data section"));
  }
}
