package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the kernel says of a program.
 *
 * @param tag hash of its instructions, as hexadecimal digits
 * @param instructions how many the verifier left, constants considered
 * @param maps ids of the maps that it uses
 * @param runNanoseconds time spent in it, while {@code kernel.bpf_stats_enabled} was 1
 * @param runs how often it ran in that time
 */
public record ProgramInfo(
    int id,
    String name,
    int type,
    String tag,
    int instructions,
    List<Integer> maps,
    long runNanoseconds,
    long runs) {
  static final int MAX_MAPS = 64; // the kernel's MAX_USED_MAPS
  static final int SIZE = 208;

  public ProgramInfo {
    maps = List.copyOf(maps);
  }

  static void askForMaps(Memory info, Memory maps) {
    info.setInt(52, MAX_MAPS);
    info.setPointer(56, maps);
  }

  static ProgramInfo of(Memory info, Memory maps) {
    int count = Math.min(MAX_MAPS, info.getInt(52));
    return new ProgramInfo(
        info.getInt(4),
        Bpf.text(info, 64, 16),
        info.getInt(0),
        hex(info.getByteArray(8, 8)),
        info.getInt(20) / 8,
        Arrays.stream(maps.getIntArray(0, count)).boxed().collect(Collectors.toList()),
        info.getLong(192),
        info.getLong(200));
  }

  private static String hex(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    for (byte octet : bytes) {
      digits
          .append(Character.forDigit(octet >> 4 & 15, 16))
          .append(Character.forDigit(octet & 15, 16));
    }
    return digits.toString();
  }
}
