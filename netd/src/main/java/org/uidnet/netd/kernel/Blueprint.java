package org.uidnet.netd.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;

/** What is to be in the kernel: the object, with this host's sizes. Plain data. */
record Blueprint(ProgramObject object, Limits limits) {
  /** The maps of a generation; not that of the constants, which belongs to the programs. */
  List<MapSpec> maps() {
    return object.maps().stream()
        .filter(map -> map.constants().isEmpty())
        .map(limits::apply)
        .toList();
  }

  Map<String, MapShape> shapes() {
    return maps().stream()
        .collect(Collectors.toMap(MapSpec::name, (Function<MapSpec, MapShape>) MapShape::of));
  }

  /** The constants' map: every object of ours has one. */
  MapSpec constants() {
    return object.maps().stream()
        .filter(map -> map.constants().isPresent())
        .findFirst()
        .map(limits::apply)
        .orElseThrow(() -> new KernelException("the object has no section of constants"));
  }

  byte[] constantBytes() {
    return constants().constants().orElseThrow().bytes().toArray();
  }
}
