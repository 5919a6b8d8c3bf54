package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;

/** Programs to compare with, of {@code src/test/c/NAME-shape.bpf.c}. Needs clang 14. */
final class Peer implements Installed {
  private final Map<String, Fd> maps = new HashMap<>();
  private final Hooks hooks;
  private final Fd egressLink;
  private final Fd ingressLink;

  private Peer(ProgramObject object, TestCgroup cgroup) {
    object.maps().forEach(map -> maps.put(map.name(), create(map)));
    ProgramSpec egress = object.program("egress");
    ProgramSpec ingress = object.program("ingress");
    hooks = new Hooks(load(egress, object.license()), load(ingress, object.license()));
    try (Fd directory = Fd.open(cgroup.path())) {
      egressLink = Bpf.createLink(hooks.egress(), directory, egress.attachType());
      ingressLink = Bpf.createLink(hooks.ingress(), directory, ingress.attachType());
    }
  }

  static Peer attached(String name, TestCgroup cgroup) {
    return new Peer(compiled(name), cgroup);
  }

  private static ProgramObject compiled(String name) {
    try {
      Path object = Files.createTempFile("uidnet-" + name, ".bpf.o");
      try {
        Commands.line(
            "clang-14 -target bpf -mcpu=v3 -O2 -g -Wall -Werror -I../cgroup-programs/src/main/bpf"
                + " -c src/test/c/%s-shape.bpf.c -o %s",
            name, object);
        Commands.line("llvm-strip-14 -g %s", object);
        return ProgramObject.parse(Files.readAllBytes(object));
      } finally {
        Files.delete(object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fd create(MapSpec map) {
    return Bpf.createMap(
        new Bpf.NewMap(
            map.name(), map.type(), map.keySize(), map.valueSize(), map.maxEntries(), map.flags()));
  }

  private Fd load(ProgramSpec program, String license) {
    return Bpf.load(
        new Bpf.NewProgram(program.name(), program.type(), program.attachType(), license),
        program.link(map -> maps.get(map).number()));
  }

  @Override
  public Optional<Hooks> hooks() {
    return Optional.of(hooks);
  }

  /** The links go with their descriptors. */
  @Override
  public void close() {
    egressLink.close();
    ingressLink.close();
    hooks.close();
    maps.values().forEach(Fd::close);
  }
}
