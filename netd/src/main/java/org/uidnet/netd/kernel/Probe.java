package org.uidnet.netd.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sockets.SocketDestroyer;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.sys.VerifierException;
import org.uidnet.programs.object.ProgramObject;

/**
 * Asks the kernel what it can do, by doing it on a small scale. Nothing is attached and nothing is
 * left.
 */
public final class Probe {
  /** Whether something can be done. Only {@code Yes} and {@code No} may be remembered. */
  public sealed interface Answer {}

  /** It can. */
  public record Yes() implements Answer {}

  /** It cannot; what it needs. */
  public record No(String needs) implements Answer {}

  /** We could not tell. */
  public record Unknown(String why) implements Answer {}

  /**
   * One thing that was asked for.
   *
   * @param since first kernel version that can; empty where it is not a matter of the version
   * @param remedy what to do where it is missing, or what is lost without it
   * @param required whether uidnet cannot run without
   */
  public record Feature(String name, String since, String remedy, boolean required, Answer answer) {
    public boolean isYes() {
      return answer instanceof Yes;
    }

    /** One sentence for a person. */
    public String describe() {
      String version = since.isEmpty() ? "" : " (Linux " + since + " or newer)";
      if (answer instanceof No no) {
        return name + ": no, needs " + no.needs() + version + ". " + remedy;
      } else if (answer instanceof Unknown unknown) {
        return name + ": could not tell, " + unknown.why() + version;
      }
      return name + ": yes";
    }
  }

  private static final Yes YES = new Yes();
  private static final Unknown NOT_ALLOWED = new Unknown("may not try (EPERM)");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int NEEDED_MAJOR = 5;
  private static final int NEEDED_MINOR = 15;
  private static final int ARRAY = 2;
  private static final int RING_BUFFER = 27;
  private static final int MMAPABLE = 1 << 10;
  private static final String UPGRADE = "Install a newer kernel.";

  private final Path proc;
  private final ProgramObject object;

  public Probe(ProgramObject object) {
    this(object, Path.of("/proc"));
  }

  Probe(ProgramObject object, Path proc) {
    this.object = object;
    this.proc = proc;
  }

  /** All questions, in the order in which a person would ask them. */
  public List<Feature> all() {
    List<Feature> all = new ArrayList<>(List.of(kernelVersion(), bpfCalls()));
    all.addAll(permissions());
    all.addAll(
        List.of(
            btf(),
            cgroup2(),
            cgroupLinks(),
            mmapableArrays(),
            socketStorage(),
            namespaceCookies(),
            ringBuffer(),
            fetchingAtomics(),
            cuttingTcp(),
            cuttingUdp()));
    return all;
  }

  /** What this process may do; asks without trying. */
  public List<Feature> permissions() {
    return List.of(
        capability("CAP_BPF", 39, "loads programs and makes maps", true),
        capability("CAP_NET_ADMIN", 12, "attaches programs to cgroups", true),
        capability("CAP_PERFMON", 38, "lets programs compare and store socket facts", true),
        capability("CAP_SYS_ADMIN", 21, "mounts a bpf file system and enters namespaces", false),
        capability("CAP_SYS_PTRACE", 19, "tags sockets of other UIDs", false));
  }

  Feature kernelVersion() {
    return new Feature(
        "kernel version", "5.15", UPGRADE, true, version(read("sys/kernel/osrelease")));
  }

  private static Answer version(String release) {
    Matcher parts = VERSION.matcher(release.strip());
    if (!parts.matches()) {
      return new Unknown("'" + release.strip() + "' is not a version that we understand");
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    return major > NEEDED_MAJOR || (major == NEEDED_MAJOR && minor >= NEEDED_MINOR)
        ? YES
        : new No("Linux 5.15, this is " + release.strip());
  }

  private Feature capability(String name, int bit, String purpose, boolean required) {
    String remedy =
        "It " + purpose + ": run as root, or give the service AmbientCapabilities=" + name;
    return new Feature(name, "", remedy, required, hasCapability(name, bit));
  }

  /** CAP_SYS_ADMIN includes CAP_BPF and CAP_PERFMON, as before Linux 5.8. */
  private Answer hasCapability(String name, int bit) {
    return read("self/status")
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .findFirst()
        .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .map(held -> isHeld(held, bit) ? YES : new No(name))
        .orElseGet(() -> new Unknown(proc + "/self/status has no line CapEff"));
  }

  private static boolean isHeld(long held, int bit) {
    boolean implied = (bit == 38 || bit == 39) && (held >> 21 & 1) == 1;
    return implied || (held >> bit & 1) == 1;
  }

  private Feature bpfCalls() {
    String remedy =
        "Run as root or with CAP_BPF, outside of containers that filter the bpf system call; the"
            + " kernel needs CONFIG_BPF_SYSCALL.";
    return new Feature("bpf system call", "", remedy, true, tryMap(ARRAY, 4, 4, 1, 0));
  }

  private Feature btf() {
    Answer answer = attempt(() -> Bpf.loadBtf(object.btf()), "BTF");
    return new Feature("BTF of maps", "5.0", UPGRADE, true, answer);
  }

  private static Feature cgroup2() {
    boolean mounted = Mounts.read().where(Mount::isCgroup2).findAny().isPresent();
    return new Feature(
        "cgroup v2",
        "4.5",
        "Mount it: mount -t cgroup2 none /sys/fs/cgroup/unified",
        true,
        mounted ? YES : new No("a cgroup2 file system in the mount table"));
  }

  /** A link to descriptor -1: a kernel that knows links complains of the descriptor. */
  private static Feature cgroupLinks() {
    return new Feature("links to cgroups", "5.7", UPGRADE, true, TinyPrograms.linkToNowhere());
  }

  private static Feature mmapableArrays() {
    return new Feature(
        "arrays in shared memory", "5.5", UPGRADE, true, tryMap(ARRAY, 4, 8, 1, MMAPABLE));
  }

  private Feature socketStorage() {
    Answer answer = attempt(() -> TinyPrograms.socketStorage(object), "socket storage");
    return new Feature("socket storage in packet programs", "5.8", UPGRADE, true, answer);
  }

  /** Whether packet programs may ask in which network namespace they run. */
  public Feature namespaceCookies() {
    return new Feature(
        "network namespaces of packets",
        "6.15",
        "Without it packets of other network namespaces are taken for the host's: interfaces with equal numbers are counted and judged as one.",
        false,
        attempt(TinyPrograms::namespaceCookie, "the helper in packet programs"));
  }

  private static Feature ringBuffer() {
    return new Feature(
        "ring buffer", "5.8", UPGRADE, true, tryMap(RING_BUFFER, 0, 0, 4096 * 16, 0));
  }

  private static Feature fetchingAtomics() {
    return new Feature(
        "atomic operations that fetch",
        "5.12",
        UPGRADE,
        true,
        attempt(TinyPrograms::fetchingAtomic, "atomic operations that fetch"));
  }

  private static Feature cuttingTcp() {
    return new Feature(
        "cutting live TCP connections",
        "4.5",
        "Without it (CONFIG_INET_DIAG_DESTROY) programs of a UID that gets blocked wait for"
            + " time-outs.",
        false,
        canDestroy(SocketDestroyer::errnoOfNoTcpSocket));
  }

  private static Feature cuttingUdp() {
    return new Feature(
        "cutting live UDP sockets",
        "4.9",
        "Without it (CONFIG_INET_UDP_DIAG) they fail with their next packet.",
        false,
        canDestroy(SocketDestroyer::errnoOfNoUdpSocket));
  }

  /** Tried on a socket that is none: a kernel that can complains of the socket. */
  private static Answer canDestroy(IntSupplier errnoOfNothing) {
    try {
      int errno = errnoOfNothing.getAsInt();
      return switch (errno) {
        case Errno.ENOENT, Errno.ESTALE -> YES;
        case Errno.EOPNOTSUPP -> new No("a kernel with socket diagnostics that destroy");
        case Errno.EPERM -> NOT_ALLOWED;
        default -> new Unknown(Errno.describe(errno));
      };
    } catch (SysException e) {
      return new Unknown(e.getMessage());
    }
  }

  private static Answer tryMap(int type, int keySize, int valueSize, int entries, int flags) {
    Bpf.NewMap map = new Bpf.NewMap("uidnet_probe", type, keySize, valueSize, entries, flags);
    return attempt(() -> Bpf.createMap(map), "this type of map");
  }

  /** EINVAL or a refusal by the verifier is a no; anything else says nothing about the kernel. */
  static Answer attempt(Attempt attempt, String feature) {
    try {
      attempt.run().close();
      return YES;
    } catch (VerifierException e) {
      return e.errno() == Errno.EPERM ? NOT_ALLOWED : new No(feature);
    } catch (SysException e) {
      return switch (e.errno()) {
        case Errno.EINVAL, Errno.EOPNOTSUPP -> new No(feature);
        case Errno.ENOSYS -> new No("a kernel with the bpf system call (CONFIG_BPF_SYSCALL)");
        case Errno.EPERM -> NOT_ALLOWED;
        default -> new Unknown(e.getMessage());
      };
    }
  }

  @FunctionalInterface
  interface Attempt {
    Fd run();
  }

  private String read(String file) {
    try {
      return Files.readString(proc.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }
}
