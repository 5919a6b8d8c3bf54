package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MapInfo;
import org.uidnet.netd.sys.ProgramInfo;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;

/**
 * libbpf, by way of bpftool, loads the same object and makes the same of it as we do. (The order of
 * the functions within a program differs, so the kernel's tags of programs do too.)
 */
@KernelTest
class BpftoolTest {
  private static final int MMAPABLE = 1 << 10;

  @TempDir Path directory;
  private Host host;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(
        Stream.of("/usr/sbin/bpftool", "/usr/bin/bpftool").map(Path::of).anyMatch(Files::exists),
        "bpftool is not installed");
    HostKernel.assumeNamespaceCookies(); // bpftool loads the object as it is, which asks for them
    host = new Host();
  }

  @AfterEach
  void close() {
    if (host != null) {
      host.close();
    }
  }

  @Test
  void bpftool_loadsOurObject_makesTheSameMaps() throws Exception {
    assertThat(oracleMaps(load())).isEqualTo(ourMaps());
  }

  @Test
  void bpftool_loadsOurObject_getsTheSamePrograms() throws Exception {
    Blueprint blueprint = new Blueprint(Host.OBJECT, Host.LIMITS);
    Path pins = load();
    try (Generation generation = generation();
        Programs ours = Programs.load(blueprint, generation)) {
      for (ProgramSpec program : Host.OBJECT.programs()) {
        try (Fd theirs = Bpf.openPin(pins.resolve("p").resolve(program.name()))) {
          ProgramInfo expected = Bpf.programInfo(theirs);
          assertThat(Bpf.programInfo(ours.get(program.name())))
              .matches(info -> info.name().equals(expected.name()), "same name")
              .matches(info -> info.type() == expected.type(), "same type")
              .matches(info -> info.instructions() == expected.instructions(), "same length");
        }
      }
    }
  }

  /** With the sizes as the object has them. */
  private static Generation generation() {
    Limits limits = new Limits(1024, 512, 1024, 1, true);
    return Generation.create(new Blueprint(Host.OBJECT, limits), Optional.empty());
  }

  private Path load() throws IOException, InterruptedException {
    Path object = directory.resolve("uidnet.bpf.o");
    try (InputStream in =
        ProgramObject.class.getResourceAsStream("/org/uidnet/programs/uidnet.bpf.o")) {
      Files.copy(in, object);
    }
    Path pins = host.bpffs.point().resolve("oracle");
    Files.createDirectories(pins);
    run(
        "bpftool",
        "prog",
        "loadall",
        object.toString(),
        pins.resolve("p").toString(),
        "pinmaps",
        pins.resolve("m").toString());
    return pins;
  }

  private static Map<String, MapShape> oracleMaps(Path pins) throws IOException {
    Map<String, MapShape> shapes = new TreeMap<>();
    try (Stream<Path> maps = Files.list(pins.resolve("m"))) {
      for (Path map : maps.toList()) {
        try (Fd open = Bpf.openPin(map)) {
          MapInfo info = Bpf.mapInfo(open);
          shapes.put(plain(info.name()), shape(info));
        }
      }
    }
    return shapes;
  }

  private static Map<String, MapShape> ourMaps() {
    Map<String, MapShape> shapes = new TreeMap<>();
    for (MapSpec spec : Host.OBJECT.maps()) {
      try (Fd btf = Bpf.loadBtf(Host.OBJECT.btf());
          Fd made = Generation.create(spec, btf)) {
        shapes.put(plain(spec.name()), shape(Bpf.mapInfo(made)));
      }
    }
    return shapes;
  }

  /** libbpf puts the object's name in front. */
  private static String plain(String name) {
    return name.endsWith(".rodata") ? ".rodata" : name;
  }

  /** libbpf maps the constants to write them, we use a system call. */
  private static MapShape shape(MapInfo info) {
    MapShape all = MapShape.of(info);
    int flags = info.name().endsWith(".rodata") ? all.flags() & ~MMAPABLE : all.flags();
    return new MapShape(all.type(), all.keySize(), all.valueSize(), all.maxEntries(), flags);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }
}
