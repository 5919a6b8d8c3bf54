package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Bytes;
import org.uidnet.simulator.maps.Contents;

/** Compares all maps of the two sides, and takes out and compares what they have traced. */
final class Comparison {
  private Comparison() {}

  /** The first map or traced packet that differs, and how. */
  static Optional<String> difference(KernelSide kernel, Side machine) {
    Optional<String> traces = difference(kernel.takeTraces(), machine.takeTraces());
    return kernel.comparable().stream()
        .map(map -> difference(map, kernel, machine))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> traces);
  }

  private static Optional<String> difference(List<Trace> kernels, List<Trace> machines) {
    int common = Math.min(kernels.size(), machines.size());
    for (int i = 0; i < common; i++) {
      Trace kernel = nameless(kernels.get(i));
      Trace machine = nameless(machines.get(i));
      if (!kernel.equals(machine)) {
        return Optional.of(
            "packet %d that was traced:%n  kernel  %s%n  machine %s".formatted(i, kernel, machine));
      }
    }
    return kernels.size() == machines.size()
        ? Optional.empty()
        : Optional.of(
            "packets traced: kernel %d, machine %d".formatted(kernels.size(), machines.size()));
  }

  /** When it was, and the number of the socket, the sides cannot agree on. */
  private static Trace nameless(Trace trace) {
    return new Trace(
        0,
        trace.netns(),
        0,
        trace.ifindex(),
        trace.length(),
        trace.uid(),
        trace.owner(),
        trace.tag(),
        trace.sourcePort(),
        trace.targetPort(),
        trace.reason(),
        trace.egress(),
        trace.version(),
        trace.protocol(),
        trace.tcpFlags(),
        trace.wakeup());
  }

  private static Optional<String> difference(String map, KernelSide kernel, Side machine) {
    return kernel.isArray(map)
        ? array(map, kernel, machine)
        : contents(map, timeless(map, kernel.contents(map)), timeless(map, machine.contents(map)));
  }

  /** When a drop was told is the one thing that the sides cannot agree on. */
  private static Contents timeless(String map, Contents contents) {
    if (!map.equals("drops")) {
      return contents;
    }
    int toldAt = Layouts.DROP.offset("told");
    return new Contents(
        contents.entries().stream()
            .map(
                entry -> {
                  ByteBuffer value = ByteBuffer.wrap(entry.value().toArray());
                  value.putLong(toldAt, value.getLong(toldAt) == 0 ? 0 : 1);
                  return new Contents.Entry(entry.key(), Bytes.of(value.array()));
                })
            .toList());
  }

  private static Optional<String> array(String map, KernelSide kernel, Side machine) {
    ByteBuffer kernels = kernel.memory(map);
    ByteBuffer machines = machine.memory(map);
    int at = kernels.mismatch(machines);
    if (at < 0) {
      return Optional.empty();
    }
    int size = kernel.valueSize(map);
    int element = at / size;
    return Optional.of(
        "%s[%d], byte %d:%n  kernel  %s%n  machine %s"
            .formatted(
                map,
                element,
                at % size,
                hex(kernels, element * size, size),
                hex(machines, element * size, size)));
  }

  private static String hex(ByteBuffer buffer, int at, int size) {
    if (at + size > buffer.limit()) {
      return "(has " + buffer.limit() + " bytes)";
    }
    byte[] bytes = new byte[size];
    buffer.get(at, bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Optional<String> contents(String map, Contents kernels, Contents machines) {
    return kernels.equals(machines)
        ? Optional.empty()
        : Optional.of(
            "%s:%n  kernel  %s%n  machine %s".formatted(map, text(kernels), text(machines)));
  }

  private static List<String> text(Contents contents) {
    HexFormat hex = HexFormat.of();
    return contents.entries().stream()
        .map(
            entry ->
                hex.formatHex(entry.key().toArray()) + "=" + hex.formatHex(entry.value().toArray()))
        .collect(Collectors.toList());
  }
}
