package org.uidnet.netd.differential;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uidnet.netd.differential.Operation.Kind;
import org.uidnet.programs.object.Bytes;
import org.uidnet.simulator.kernel.NetworkNamespace;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.kernel.UserNamespace;
import org.uidnet.simulator.maps.SocketStorageMap;

/**
 * Does in the simulated kernel what a log says that happened in the real one, and compares on the
 * way: what the kernel's helpers answered, recorded owners, which calls were refused, and what
 * became of what was sent.
 *
 * <p>Whose a socket is and who calls comes from the script, never from the kernel's answers.
 */
final class Replay {
  private static final long EPERM = 1;
  private static final long ENOENT = 2;
  private static final long EBADF = 9;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final long OVERFLOW_UID = 65_534;

  private final SimulatedKernel kernel;
  private final int cpu;
  private final List<Operation> script;
  private final List<NetworkNamespace> namespaces;
  private final SocketStorageMap owners;
  private final Skb skb = new Skb();

  /** Sockets by cookie. */
  private final Map<Long, Socket> sockets = new HashMap<>();

  /** Cookies by the script's numbers. */
  private final Map<Integer, Long> cookies = new HashMap<>();

  /** Interfaces that sockets are bound to, by cookie. */
  private final Map<Long, Integer> devices = new HashMap<>();

  private final Map<Long, Integer> listeners = new HashMap<>();

  /** Datagrams that passed to a socket and were not read yet, by cookie. */
  private final Map<Long, Long> delivered = new HashMap<>();

  private final Set<Long> datagramSockets = new HashSet<>();

  /** ICMPv6 ping sockets: {@code ping_v6_sendmsg} does not tell what became of the packet. */
  private final Set<Long> quietSockets = new HashSet<>();

  /** Raw and ping sockets: not every kernel asks a hook before these connect. */
  private final Set<Long> unasked = new HashSet<>();

  /** Segments of connections that were dropped on their way out; nobody may ever get them. */
  private final Set<Bytes> lost = new HashSet<>();

  /** Verdicts on what the present operation sent, by cookie. */
  private final Map<Long, List<Boolean>> sent = new HashMap<>();

  /** The machine's verdict on the present operation, if a hook was asked about it. */
  private Optional<Boolean> allowed = Optional.empty();

  private final Map<Kind, Long> refusals = new EnumMap<>(Kind.class);
  private int operation = -1;
  private long packets;
  private long dropped;
  private long refusedCallers;

  Replay(
      SimulatedKernel kernel, int cpu, List<Operation> script, List<NetworkNamespace> namespaces) {
    this.kernel = kernel;
    this.cpu = cpu;
    this.script = script;
    this.namespaces = namespaces;
    owners =
        kernel.maps().stream()
            .filter(SocketStorageMap.class::isInstance)
            .map(SocketStorageMap.class::cast)
            .filter(map -> map.name().equals("socket_owner"))
            .findFirst()
            .orElseThrow();
  }

  long packets() {
    return packets;
  }

  /** Packets that the programs did not let through. */
  long dropped() {
    return dropped;
  }

  /** Operations that failed with EPERM, as they had to. */
  Map<Kind, Long> refusals() {
    return refusals;
  }

  /** Calls that were refused to others than the socket's owner. */
  long refusedCallers() {
    return refusedCallers;
  }

  /** How the two differ at this event. */
  Optional<String> difference(Event event) {
    return switch (event.kind()) {
      case BEGIN -> begin(event);
      case END -> end(event, script.get(event.operation()));
      case CREATE -> create(event, script.get(operation));
      case CONNECT, BIND -> call(event, script.get(operation));
      case INGRESS, EGRESS -> packet(event);
      case NONE -> Optional.of("an event that nobody has written");
    };
  }

  private Optional<String> begin(Event event) {
    operation = event.operation();
    sent.clear();
    allowed = Optional.empty();
    return Optional.empty();
  }

  private Optional<String> create(Event event, Operation made) {
    NetworkNamespace namespace = namespaces.get(made.other());
    Optional<Socket> socket =
        kernel.trySocket(made.uid(), namespace, event.family(), event.type(), event.protocol());
    socket.ifPresent(present -> sockets.put(event.socket(), present));
    allowed = Optional.of(socket.isPresent());
    if (event.type() != Operation.Transport.STREAM) {
      datagramSockets.add(event.socket());
    }
    if (event.protocol() != TCP && event.protocol() != UDP) {
      unasked.add(event.socket());
    }
    if (event.type() == Operation.Transport.DATAGRAM && event.protocol() == ICMPV6) {
      quietSockets.add(event.socket());
    }
    String transport = "%d %d %d".formatted(event.family(), event.type(), event.protocol());
    return first(
        unequal("UID of the caller", event.uid(), made.uid()),
        unequal("namespace of the caller", event.netns(), namespace.cookie()),
        made.arguments().endsWith(" " + transport)
            ? Optional.empty()
            : Optional.of("the hook sees a socket " + transport));
  }

  private Optional<String> call(Event event, Operation called) {
    Socket socket = socket(event);
    InetAddress address = called.address(event.family());
    boolean connects = event.kind() == Event.Kind.CONNECT;
    boolean passed =
        connects
            ? kernel.connect(socket, called.uid(), address, called.port())
            : kernel.bind(socket, called.uid(), address, called.port());
    allowed = Optional.of(passed);
    refusedCallers += passed || called.uid() == socket.uid() ? 0 : 1;
    return first(
        unequal("an operation to connect", connects, called.kind() == Kind.CONNECT),
        unequal("socket of the call", event.socket(), cookies.getOrDefault(called.socket(), 0L)),
        unequal("UID of the caller", event.uid(), called.uid()),
        unequal("namespace of the socket", event.netns(), socket.namespace().cookie()),
        unequal("device of the socket", event.ifindex(), devices.getOrDefault(event.socket(), 0)),
        unequal("port", event.port(), called.port()),
        Arrays.equals(event.address(), address.getAddress())
            ? Optional.empty()
            : Optional.of("the hook sees another address than " + address));
  }

  private Socket socket(Event event) {
    return Optional.ofNullable(sockets.get(event.socket()))
        .orElseThrow(() -> new AssertionError("nobody has made the socket of " + event));
  }

  private Optional<String> packet(Event event) {
    Socket socket = sockets.computeIfAbsent(event.socket(), any -> child(event));
    boolean egress = event.kind() == Event.Kind.EGRESS;
    skb.from(socket)
        .on(event.ifindex())
        .carrying(event.etherType(), event.head(), event.length())
        .segmented(event.gsoSize(), event.gsoSegments());
    boolean passed = egress ? kernel.egress(skb, cpu) : kernel.ingress(skb, cpu);
    packets++;
    dropped += passed ? 0 : 1;
    if (egress) {
      sent.computeIfAbsent(event.socket(), any -> new ArrayList<>()).add(passed);
    } else if (passed) {
      delivered.merge(event.socket(), 1L, Long::sum);
    }
    return first(
        arrival(event, passed),
        unequal("UID of the socket", event.uid(), shown(socket)),
        unequal("namespace of the packet", event.netns(), socket.namespace().cookie()),
        unequal("full socket", event.full() ? 1 : 0, 1));
  }

  /** Only the senders of datagrams are told, so connections are watched at the other end. */
  private Optional<String> arrival(Event event, boolean passed) {
    Bytes bytes = Bytes.of(event.head());
    if (datagramSockets.contains(event.socket())) {
      return Optional.empty();
    } else if (event.kind() == Event.Kind.INGRESS) {
      return lost.contains(bytes)
          ? Optional.of("a segment that the machine drops on its way out has arrived")
          : Optional.empty();
    } else if (passed) {
      lost.remove(bytes); // sent again, when it was somebody else's
    } else {
      lost.add(bytes);
    }
    return Optional.empty();
  }

  /** A connection that nobody has accepted yet: its listener's. */
  private Socket child(Event event) {
    Integer listener = listeners.get(key(event.netns(), event.localPort()));
    if (listener == null) {
      throw new AssertionError("nobody has made the socket of " + event);
    }
    Socket parent = sockets.get(cookies.get(listener));
    return kernel.accept(parent, parent.uid());
  }

  private static long key(long netns, int port) {
    return netns << 16 | port;
  }

  private Optional<String> end(Event event, Operation ended) {
    if (ended.kind() == Kind.SOCKET || ended.kind() == Kind.ACCEPT) {
      return made(event, ended);
    }
    Long cookie = cookies.get(ended.socket());
    if (cookie == null) {
      // not made, or nothing was accepted
      return unequal("no socket", event.result(), ended.kind() == Kind.DRAIN ? 0 : -EBADF);
    }
    return switch (ended.kind()) {
      case DEVICE -> device(event, cookie, ended);
      case BIND -> bound(event, ended);
      case CONNECT -> called(event, ended);
      case SEND, SENDTO -> told(event, cookie);
      case DRAIN -> read(event, cookie);
      case OWNER -> recorded(event, cookie);
      case TAG -> tagged(event, cookie, ended);
      case UNTAG -> untagged(event, cookie);
      default -> Optional.empty();
    };
  }

  private Optional<String> made(Event event, Operation ended) {
    if (event.result() < 0) {
      return ended.kind() == Kind.ACCEPT
          ? Optional.empty()
          : first(called(event, ended), unequal("socket", event.result(), -EPERM));
    }
    cookies.put(ended.socket(), event.socket());
    if (ended.kind() == Kind.ACCEPT) {
      Socket waiting = sockets.get(event.socket());
      Socket listener = sockets.get(cookies.get(ended.other()));
      sockets.put(event.socket(), kernel.accept(waiting == null ? listener : waiting, ended.uid()));
    }
    return ended.kind() == Kind.SOCKET ? called(event, ended) : Optional.empty();
  }

  private Optional<String> device(Event event, long cookie, Operation ended) {
    sockets.get(cookie).bindTo(ended.device());
    devices.put(cookie, ended.device());
    return unequal("device", event.result(), 0);
  }

  private Optional<String> bound(Event event, Operation ended) {
    boolean passed = allowed.orElse(true);
    if (passed) {
      Socket socket = sockets.get(cookies.get(ended.socket()));
      listeners.put(key(socket.namespace().cookie(), ended.port()), ended.socket());
    }
    return first(called(event, ended), unequal("bind", event.result(), passed ? 0 : -EPERM));
  }

  /** Whoever calls is told at once. */
  private Optional<String> called(Event event, Operation ended) {
    boolean isRefused = refusal(event, ended);
    if (allowed.isEmpty() && !unasked.contains(event.socket())) {
      return Optional.of("no hook was asked");
    }
    return unequal("EPERM", isRefused, !allowed.orElse(true));
  }

  /** The sender of datagrams is told at once; who sends on a connection is not. */
  private Optional<String> told(Event event, long cookie) {
    boolean expected =
        sent.getOrDefault(cookie, List.of()).contains(false) && !quietSockets.contains(cookie);
    boolean isRefused = refusal(event, script.get(operation));
    return expected == isRefused || !datagramSockets.contains(cookie)
        ? Optional.empty()
        : Optional.of("EPERM expected: " + expected + ", the sender got " + event.result());
  }

  private Optional<String> read(Event event, long cookie) {
    return datagramSockets.contains(cookie)
        ? unequal(
            "datagrams read",
            event.result(),
            Optional.ofNullable(delivered.remove(cookie)).orElse(0L))
        : Optional.empty();
  }

  private Optional<String> tagged(Event event, long cookie, Operation ended) {
    int descriptor = kernel.descriptor(sockets.get(cookie));
    kernel.datapath().setSocketTag(descriptor, ended.tag());
    kernel.closeDescriptor(descriptor);
    return unequal("tag", event.result(), 0);
  }

  private Optional<String> untagged(Event event, long cookie) {
    int descriptor = kernel.descriptor(sockets.get(cookie));
    boolean had = kernel.datapath().removeSocketTag(descriptor);
    kernel.closeDescriptor(descriptor);
    return unequal("untag", event.result(), had ? 0 : -ENOENT);
  }

  private Optional<String> recorded(Event event, long cookie) {
    long expected =
        owners
            .value(sockets.get(cookie))
            .map(value -> Integer.toUnsignedLong(value.buffer().getInt(0)))
            .orElse(-ENOENT);
    return unequal("recorded owner", event.result(), expected);
  }

  /** What the kernel's helper should say, {@code from_kuid_munged}. */
  private static long shown(Socket socket) {
    UserNamespace owner = socket.namespace().owner();
    return owner.isInitial() ? socket.uid() : owner.uids().getOrDefault(socket.uid(), OVERFLOW_UID);
  }

  private boolean refusal(Event event, Operation ended) {
    boolean isRefused = event.result() == -EPERM;
    if (isRefused) {
      refusals.merge(ended.kind(), 1L, Long::sum);
    }
    return isRefused;
  }

  private static Optional<String> unequal(String what, boolean kernels, boolean machines) {
    return kernels == machines
        ? Optional.empty()
        : Optional.of("%s: kernel %b, machine %b".formatted(what, kernels, machines));
  }

  private static Optional<String> unequal(String what, long kernels, long machines) {
    return kernels == machines
        ? Optional.empty()
        : Optional.of("%s: kernel %d, machine %d".formatted(what, kernels, machines));
  }

  @SafeVarargs
  private static Optional<String> first(Optional<String>... all) {
    for (Optional<String> each : all) {
      if (each.isPresent()) {
        return each;
      }
    }
    return Optional.empty();
  }
}
