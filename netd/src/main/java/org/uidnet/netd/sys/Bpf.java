package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bpf system call, one command a method, no policy. Numbers and offsets are those of {@code
 * linux/bpf.h}. Thread-safe.
 */
public final class Bpf {
  /** {@code update} flags: make or replace, make only, replace only. */
  public static final long ANY = 0;

  public static final long NOEXIST = 1;
  public static final long EXIST = 2;

  private static final int MAP_CREATE = 0;
  private static final int MAP_LOOKUP = 1;
  private static final int MAP_UPDATE = 2;
  private static final int MAP_DELETE = 3;
  private static final int MAP_NEXT_KEY = 4;
  private static final int PROG_LOAD = 5;
  private static final int OBJ_PIN = 6;
  private static final int OBJ_GET = 7;
  private static final int PROG_TEST_RUN = 10;
  private static final int PROG_NEXT_ID = 11;
  private static final int PROG_FD_BY_ID = 13;
  private static final int MAP_FD_BY_ID = 14;
  private static final int INFO_BY_FD = 15;
  private static final int BTF_LOAD = 18;
  private static final int BTF_FD_BY_ID = 19;
  private static final int MAP_LOOKUP_AND_DELETE = 21;
  private static final int MAP_FREEZE = 22;
  private static final int LINK_CREATE = 28;
  private static final int LINK_UPDATE = 29;
  private static final int LINK_FD_BY_ID = 30;
  private static final int LINK_NEXT_ID = 31;
  private static final int ENABLE_STATS = 32;
  private static final int LINK_DETACH = 34;

  private static final int LOG_BYTES = 1 << 20;
  private static final int LOAD_TRIES = 5;

  /** Plain data of a map to be made. */
  public record NewMap(
      String name, int type, int keySize, int valueSize, int maxEntries, int flags) {}

  /** Where the types of a map's keys and values are described. */
  public record MapTypes(Fd btf, int keyType, int valueType) {}

  /** Plain data of a program to be loaded. */
  public record NewProgram(String name, int type, int attachType, String license) {}

  /** What a test run answered: the program's return value and the mean duration of one run. */
  public record TestRun(int result, int nanoseconds) {}

  private Bpf() {}

  public static Fd createMap(NewMap map) {
    return create(map, mapAttr(map, 44));
  }

  public static Fd createMap(NewMap map, MapTypes types) {
    return create(
        map,
        mapAttr(map, 60).fd(48, types.btf()).u32(52, types.keyType()).u32(56, types.valueType()));
  }

  /** A map whose values are maps shaped like {@code inner}. */
  public static Fd createMapOfMaps(NewMap map, Fd inner) {
    return create(map, mapAttr(map, 44).fd(20, inner));
  }

  private static Attr mapAttr(NewMap map, int size) {
    return new Attr(size)
        .u32(0, map.type())
        .u32(4, map.keySize())
        .u32(8, map.valueSize())
        .u32(12, map.maxEntries())
        .u32(16, map.flags())
        .name(28, map.name());
  }

  private static Fd create(NewMap map, Attr attr) {
    return Fd.owning(attr.call(MAP_CREATE), "create " + map);
  }

  /** Makes a map read-only for user space, for good. */
  public static void freeze(Fd map) {
    check(new Attr(4).fd(0, map).call(MAP_FREEZE), "freeze map");
  }

  /** The value of a key, or empty if it is not there. */
  public static Optional<byte[]> lookup(Fd map, byte[] key, int valueSize) {
    return read(MAP_LOOKUP, map, Attr.copyOf(key), valueSize, "look up a key");
  }

  /** Takes the top of a stack or queue, or nothing if it is empty. */
  public static Optional<byte[]> pop(Fd map, int valueSize) {
    Memory value = Attr.zeroed(valueSize);
    return answer(
        element(map).pointer(16, value).call(MAP_LOOKUP_AND_DELETE), value, "pop from a stack");
  }

  /** Takes a key out of a hash and answers its value, or empty if it is not there. */
  public static Optional<byte[]> lookupAndDelete(Fd map, byte[] key, int valueSize) {
    return read(MAP_LOOKUP_AND_DELETE, map, Attr.copyOf(key), valueSize, "take out a key");
  }

  private static Optional<byte[]> read(
      int command, Fd map, Memory key, int valueSize, String tried) {
    Memory value = Attr.zeroed(valueSize);
    return answer(element(map).pointer(8, key).pointer(16, value).call(command), value, tried);
  }

  private static Optional<byte[]> answer(long result, Memory value, String tried) {
    return found(result, tried)
        ? Optional.of(value.getByteArray(0, (int) value.size()))
        : Optional.empty();
  }

  /** Pushes on a stack or queue. */
  public static void push(Fd map, byte[] value) {
    check(element(map).pointer(16, Attr.copyOf(value)).call(MAP_UPDATE), "push on a stack");
  }

  public static void update(Fd map, byte[] key, byte[] value, long flags) {
    Attr attr = element(map).pointer(8, Attr.copyOf(key)).pointer(16, Attr.copyOf(value));
    check(attr.u64(24, flags).call(MAP_UPDATE), "update a key of a map");
  }

  /** False if the key was not there. */
  public static boolean delete(Fd map, byte[] key) {
    return found(element(map).pointer(8, Attr.copyOf(key)).call(MAP_DELETE), "delete a key");
  }

  /** The key after this one, or the first if this one is not there; empty at the end. */
  public static Optional<byte[]> nextKey(Fd map, byte[] key) {
    return read(MAP_NEXT_KEY, map, Attr.copyOf(key), key.length, "walk the keys of a map");
  }

  /** The first key; empty if there is none. */
  public static Optional<byte[]> firstKey(Fd map, int keySize) {
    Memory next = Attr.zeroed(keySize);
    return answer(
        element(map).pointer(16, next).call(MAP_NEXT_KEY), next, "walk the keys of a map");
  }

  private static Attr element(Fd map) {
    return new Attr(32).fd(0, map);
  }

  /**
   * Loads a program.
   *
   * @throws VerifierException if the kernel refuses it; with the verifier's log
   */
  public static Fd load(NewProgram program, byte[] code) {
    Memory instructions = Attr.copyOf(code);
    long fd = tryLoad(program, instructions, Optional.empty());
    if (fd >= 0) {
      return Fd.owning(fd, "load");
    }
    SysException refused = new SysException("load program " + program.name());
    if (refused.errno() == Errno.EPERM) {
      throw refused;
    }
    return loadWithLog(program, instructions);
  }

  private static Fd loadWithLog(NewProgram program, Memory instructions) {
    Memory log = Attr.zeroed(LOG_BYTES);
    long fd = tryLoad(program, instructions, Optional.of(log));
    if (fd < 0) {
      throw new VerifierException("load program " + program.name(), log.getString(0));
    }
    return Fd.owning(fd, "load");
  }

  /** EAGAIN means that a signal interrupted the verifier, as libbpf knows. */
  private static long tryLoad(NewProgram program, Memory instructions, Optional<Memory> log) {
    long fd = -1;
    for (int i = 0; i < LOAD_TRIES && fd < 0; i++) {
      fd = programAttr(program, instructions, log).call(PROG_LOAD);
      if (fd < 0 && Errno.last() != Errno.EAGAIN) {
        break;
      }
    }
    return fd;
  }

  private static Attr programAttr(NewProgram program, Memory instructions, Optional<Memory> log) {
    Attr attr =
        new Attr(72)
            .u32(0, program.type())
            .u32(4, (int) (instructions.size() / 8))
            .pointer(8, instructions)
            .pointer(16, Attr.copyOf(program.license()))
            .name(48, program.name())
            .u32(68, program.attachType());
    log.ifPresent(to -> attr.u32(24, 1).u32(28, (int) to.size()).pointer(32, to));
    return attr;
  }

  /** Runs a program on a packet, many times; bytes are those of an Ethernet frame. */
  public static TestRun testRun(Fd program, byte[] packet, int repeat) {
    Attr attr =
        new Attr(40)
            .fd(0, program)
            .u32(8, packet.length)
            .pointer(16, Attr.copyOf(packet))
            .u32(32, repeat);
    check(attr.call(PROG_TEST_RUN), "test run of a program");
    return new TestRun(attr.u32(4), attr.u32(36));
  }

  /** The kernel times every run of every program until the descriptor is closed. */
  public static Fd timeRuns() {
    return Fd.owning(new Attr(4).call(ENABLE_STATS), "switch on program statistics");
  }

  public static Fd loadBtf(byte[] btf) {
    Attr attr = new Attr(28).pointer(0, Attr.copyOf(btf)).u32(16, btf.length);
    return Fd.owning(attr.call(BTF_LOAD), "load " + btf.length + " bytes of BTF");
  }

  /** Attaches a program to a cgroup, beside whatever is attached there. */
  public static Fd createLink(Fd program, Fd cgroup, int attachType) {
    Attr attr = new Attr(16).fd(0, program).fd(4, cgroup).u32(8, attachType);
    return Fd.owning(attr.call(LINK_CREATE), "attach a program to a cgroup");
  }

  /** The errno of attaching to descriptor -1, which tells whether the kernel knows such links. */
  public static int errnoOfLinkToNowhere(Fd program, int attachType) {
    Attr attr = new Attr(16).fd(0, program).u32(4, -1).u32(8, attachType);
    return attr.call(LINK_CREATE) < 0 ? Errno.last() : 0;
  }

  /** Swaps the program of a link; each packet meets the old one or the new one. */
  public static void updateLink(Fd link, Fd program) {
    check(new Attr(16).fd(0, link).fd(4, program).call(LINK_UPDATE), "swap the program of a link");
  }

  /** Ends the attachment, whoever else holds the link. */
  public static void detachLink(Fd link) {
    check(new Attr(4).fd(0, link).call(LINK_DETACH), "detach a link");
  }

  public static void pin(Fd object, Path path) {
    Attr attr = new Attr(12).pointer(0, Attr.copyOf(path.toString())).fd(8, object);
    check(attr.call(OBJ_PIN), "pin at " + path);
  }

  public static Fd openPin(Path path) {
    Attr attr = new Attr(12).pointer(0, Attr.copyOf(path.toString()));
    return Fd.owning(attr.call(OBJ_GET), "open the pin " + path);
  }

  public static MapInfo mapInfo(Fd map) {
    return MapInfo.of(info(map, MapInfo.SIZE, "map"));
  }

  public static LinkInfo linkInfo(Fd link) {
    return LinkInfo.of(info(link, LinkInfo.SIZE, "link"));
  }

  public static ProgramInfo programInfo(Fd program) {
    Memory maps = Attr.zeroed(ProgramInfo.MAX_MAPS * Integer.BYTES);
    Memory info = Attr.zeroed(ProgramInfo.SIZE);
    ProgramInfo.askForMaps(info, maps);
    fill(program, info, "program");
    return ProgramInfo.of(info, maps);
  }

  /** The raw BTF, as it was loaded. */
  public static byte[] btf(Fd btf) {
    Memory info = Attr.zeroed(16);
    fill(btf, info, "BTF");
    Memory bytes = Attr.zeroed(info.getInt(8));
    info.setPointer(0, bytes);
    fill(btf, info, "BTF");
    return bytes.getByteArray(0, (int) bytes.size());
  }

  private static Memory info(Fd object, int size, String kind) {
    Memory info = Attr.zeroed(size);
    fill(object, info, kind);
    return info;
  }

  private static void fill(Fd object, Memory info, String kind) {
    Attr attr = new Attr(16).fd(0, object).u32(4, (int) info.size()).pointer(8, info);
    check(attr.call(INFO_BY_FD), "ask about a " + kind);
  }

  public static Optional<Fd> program(int id) {
    return byId(PROG_FD_BY_ID, id, "program");
  }

  public static Optional<Fd> map(int id) {
    return byId(MAP_FD_BY_ID, id, "map");
  }

  public static Optional<Fd> link(int id) {
    return byId(LINK_FD_BY_ID, id, "link");
  }

  public static Optional<Fd> btfById(int id) {
    return byId(BTF_FD_BY_ID, id, "BTF");
  }

  private static Optional<Fd> byId(int command, int id, String kind) {
    String tried = "open " + kind + " " + id;
    long fd = new Attr(12).u32(0, id).call(command);
    return found(fd, tried) ? Optional.of(Fd.owning(fd, tried)) : Optional.empty();
  }

  /** The next link id of the whole system; start with 0. */
  public static OptionalInt nextLink(int id) {
    return nextId(LINK_NEXT_ID, id);
  }

  /** The next program id of the whole system; start with 0. */
  public static OptionalInt nextProgram(int id) {
    return nextId(PROG_NEXT_ID, id);
  }

  private static OptionalInt nextId(int command, int id) {
    Attr attr = new Attr(12).u32(0, id);
    return found(attr.call(command), "walk ids")
        ? OptionalInt.of(attr.u32(4))
        : OptionalInt.empty();
  }

  private static void check(long result, String tried) {
    if (result < 0) {
      throw new SysException(tried);
    }
  }

  private static boolean found(long result, String tried) {
    if (result < 0 && Errno.last() != Errno.ENOENT) {
      throw new SysException(tried);
    }
    return result >= 0;
  }

  static String text(Memory memory, int offset, int length) {
    byte[] bytes = memory.getByteArray(offset, length);
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
