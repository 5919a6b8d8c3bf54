package org.uidnet.simulator.kernel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.machine.Loader;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Program;
import org.uidnet.simulator.maps.BpfMap;
import org.uidnet.simulator.maps.SocketStorageMap;

/**
 * A kernel from boot to reboot, with our programs attached to its hooks. Hooks and sockets are for
 * one thread, that of the world; {@link #datapath} is for any.
 */
public final class SimulatedKernel {
  private static final long PASS = 1;

  /** After standard input, output and error. */
  private static final int FIRST_DESCRIPTOR = 3;

  private final Limits limits;
  private final Memory memory = new Memory();
  private final SimulatedMaps maps = new SimulatedMaps(memory);
  private final List<Cpu> cpus = new ArrayList<>();
  private final Program ingress;
  private final Program egress;
  private final Program create;
  private final Program connect4;
  private final Program connect6;
  private final Program bind4;
  private final Program bind6;
  private final MapsDatapath datapath;
  private final NetworkNamespace host = new NetworkNamespace(1, UserNamespace.INITIAL);
  private final LongSupplier nanos;
  private final Map<Integer, Socket> descriptors = new HashMap<>();
  private int nextDescriptor = FIRST_DESCRIPTOR;
  private long lastCookie = 1;
  private long lastSocketCookie;
  private long programRuns;

  private SimulatedKernel(
      ProgramObject object, Limits limits, UUID epoch, Instant now, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    object.maps().forEach(map -> maps.add(limits.apply(map), limits.cpus()));
    for (int cpu = 0; cpu < limits.cpus(); cpu++) {
      cpus.add(new Cpu(memory, cpu));
    }
    storages()
        .forEach(storage -> storage.nameBy(number -> Optional.ofNullable(descriptors.get(number))));
    Loader loader = new Loader(new KernelHelpers(this, memory).all(), maps::address);
    ingress = loader.load(object.program("uidnet_ingress"));
    egress = loader.load(object.program("uidnet_egress"));
    create = loader.load(object.program("uidnet_create"));
    connect4 = loader.load(object.program("uidnet_connect4"));
    connect6 = loader.load(object.program("uidnet_connect6"));
    bind4 = loader.load(object.program("uidnet_bind4"));
    bind6 = loader.load(object.program("uidnet_bind6"));
    datapath = describe(object, epoch, now);
  }

  /**
   * Boots with fresh maps and attaches the programs.
   *
   * @param epoch names these maps
   * @param now when counting begins, by the wall clock
   * @param nanos since boot, time asleep included
   */
  public static SimulatedKernel boot(
      ProgramObject object, Limits limits, UUID epoch, Instant now, LongSupplier nanos) {
    return new SimulatedKernel(object, limits, epoch, now, nanos);
  }

  private MapsDatapath describe(ProgramObject object, UUID epoch, Instant now) {
    new Control(maps.memory("control"), Layouts.CONTROL)
        .describe(limits.slots(), limits.cpus(), limits.uidRows(), epoch, host.cookie());
    MapsDatapath described =
        new MapsDatapath(
            Datapath.Backend.SIMULATOR, maps, object.types(), () -> cpus.forEach(Cpu::awaitRun));
    described.control().setObjectHash(object.hash());
    described
        .control()
        .setAttachedAt(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    return described;
  }

  public MapsDatapath datapath() {
    return datapath;
  }

  public int cpus() {
    return cpus.size();
  }

  /** The namespace of the daemon. */
  public NetworkNamespace host() {
    return host;
  }

  /**
   * Makes a network namespace. The programs are told at once of those that the initial user
   * namespace owns, as the daemon's look-out for namespaces does.
   */
  public NetworkNamespace namespace(UserNamespace owner) {
    NetworkNamespace made = new NetworkNamespace(++lastCookie, owner);
    if (owner.isInitial()) {
      maps.put("namespaces", bytes(made.cookie()), bytes(Layouts.NAMESPACE_HOST_USERS));
    } else {
      datapath.control().watchForeignNamespaces();
    }
    return made;
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] bytes(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /**
   * A program makes a socket.
   *
   * @param uid of the caller, in the initial user namespace
   * @param family such as {@link Socket#AF_INET}
   * @param type {@code SOCK_STREAM} 1, {@code SOCK_DGRAM} 2, {@code SOCK_RAW} 3
   * @param protocol IP protocol
   */
  public Socket socket(long uid, NetworkNamespace namespace, int family, int type, int protocol) {
    return trySocket(uid, namespace, family, type, protocol)
        .orElseThrow(() -> new IllegalStateException("UID " + uid + " may not make sockets"));
  }

  /** A socket from before the programs were attached: no hook has seen it being made. */
  public Socket olderSocket(
      long uid, NetworkNamespace namespace, int family, int type, int protocol) {
    return new Socket(uid, namespace, family, type, protocol, ++lastSocketCookie);
  }

  /** As {@link #socket}; empty where the rules refuse it, with EPERM. */
  public Optional<Socket> trySocket(
      long uid, NetworkNamespace namespace, int family, int type, int protocol) {
    Socket made = olderSocket(uid, namespace, family, type, protocol);
    programRuns++;
    return cpus.get(0).run(create, made) == PASS ? Optional.of(made) : Optional.empty();
  }

  /**
   * A process connects a socket; false if that is refused, with EPERM.
   *
   * @param caller its UID
   * @param remote of the socket's family
   */
  public boolean connect(Socket socket, long caller, InetAddress remote, int port) {
    return call(socket, caller, remote, port, connect4, connect6);
  }

  /** A process binds a socket; false if that is refused, with EPERM. */
  public boolean bind(Socket socket, long caller, InetAddress local, int port) {
    return call(socket, caller, local, port, bind4, bind6);
  }

  private boolean call(
      Socket socket, long caller, InetAddress address, int port, Program ipv4, Program ipv6) {
    programRuns++;
    Program program = socket.family() == Socket.AF_INET ? ipv4 : ipv6;
    return cpus.get(0).run(program, new Call(socket, caller, address, port)) == PASS;
  }

  /** A listener gives a connection to a process: the create hook is not asked. */
  public Socket accept(Socket listener, long uid) {
    Socket made =
        new Socket(
            uid,
            listener.namespace(),
            listener.family(),
            listener.type(),
            listener.protocol(),
            ++lastSocketCookie);
    storages().forEach(storage -> storage.accepted(listener, made));
    return made;
  }

  /** Gives user space a descriptor of a socket, by which its tag can be reached. */
  public int descriptor(Socket socket) {
    descriptors.put(nextDescriptor, socket);
    return nextDescriptor++;
  }

  /** User space is done with it; the socket lives on. */
  public void closeDescriptor(int number) {
    descriptors.remove(number);
  }

  /** The last descriptor of a socket is closed. */
  public void close(Socket socket) {
    storages().forEach(storage -> storage.closed(socket));
  }

  private List<SocketStorageMap> storages() {
    return maps.all().stream()
        .filter(SocketStorageMap.class::isInstance)
        .map(SocketStorageMap.class::cast)
        .toList();
  }

  /** A packet leaves; false if it is dropped, and its sender told so. */
  public boolean egress(Skb skb, int cpu) {
    return judge(egress, skb, cpu);
  }

  /** A packet arrives; false if it is dropped. */
  public boolean ingress(Skb skb, int cpu) {
    return judge(ingress, skb, cpu);
  }

  /** Hooks see packets of full sockets only ({@code __cgroup_bpf_run_filter_skb}). */
  private boolean judge(Program program, Skb skb, int cpu) {
    if (skb.socket() == null) {
      return true;
    }
    programRuns++;
    return cpus.get(cpu).run(program, skb) == PASS;
  }

  /** How often a program has run since boot. */
  public long programRuns() {
    return programRuns;
  }

  /** Instructions executed since boot. */
  public long instructions() {
    return cpus.stream().mapToLong(cpu -> cpu.processor().instructions()).sum();
  }

  /** Every map, for comparison with another kernel's. */
  public Collection<BpfMap> maps() {
    return maps.all();
  }

  /** Since boot, time asleep included. */
  public long nanos() {
    return nanos.getAsLong();
  }

  Cpu cpu(int number) {
    return cpus.get(number);
  }

  Program ingressProgram() {
    return ingress;
  }

  Program egressProgram() {
    return egress;
  }
}
