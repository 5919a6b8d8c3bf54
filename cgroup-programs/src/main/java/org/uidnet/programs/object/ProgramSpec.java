package org.uidnet.programs.object;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A program as it should be loaded: complete with the functions it calls, but for its maps.
 *
 * @param name as the kernel shows it, at most 15 characters
 * @param section ELF section, which names the hook
 * @param type number of the program type
 * @param attachType number of the attach type, expected at the load already
 * @param instructions of the program and its functions; map references are still open
 * @param maps the open references, by instruction
 */
public record ProgramSpec(
    String name,
    String section,
    int type,
    int attachType,
    Bytes instructions,
    List<MapReference> maps) {
  public ProgramSpec {
    maps = List.copyOf(maps);
  }

  /** The final instructions, each map replaced by its descriptor. */
  public byte[] link(ToIntFunction<String> mapFd) {
    byte[] linked = instructions.toArray();
    Instructions code = Instructions.of(linked);
    maps.forEach(reference -> code.linkMap(reference, mapFd.applyAsInt(reference.map())));
    return linked;
  }
}
