package org.uidnet.netd.differential;

import java.util.ArrayList;
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
 * way: what the kernel's helpers answered, recorded owners, and what became of what was sent.
 *
 * <p>Whose a socket is comes from the script, never from the kernel's answers.
 */
final class Replay {
  private static final long EPERM = 1;
  private static final long ENOENT = 2;
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

  private final Map<Long, Integer> listeners = new HashMap<>();

  /** Datagrams that passed to a socket and were not read yet, by cookie. */
  private final Map<Long, Long> delivered = new HashMap<>();

  private final Set<Long> datagramSockets = new HashSet<>();

  /** ICMPv6 ping sockets: {@code ping_v6_sendmsg} does not tell what became of the packet. */
  private final Set<Long> quietSockets = new HashSet<>();

  /** Segments of connections that were dropped on their way out; nobody may ever get them. */
  private final Set<Bytes> lost = new HashSet<>();

  /** Verdicts on what the present operation sent, by cookie. */
  private final Map<Long, List<Boolean>> sent = new HashMap<>();

  private int operation = -1;
  private long packets;
  private long dropped;
  private long refused;

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

  /** Senders that were told so. */
  long refused() {
    return refused;
  }

  /** How the two differ at this event. */
  Optional<String> difference(Event event) {
    return switch (event.kind()) {
      case BEGIN -> begin(event);
      case END -> end(event, script.get(event.operation()));
      case CREATE -> create(event, script.get(operation));
      case INGRESS, EGRESS -> packet(event);
      case NONE -> Optional.of("an event that nobody has written");
    };
  }

  private Optional<String> begin(Event event) {
    operation = event.operation();
    sent.clear();
    return Optional.empty();
  }

  private Optional<String> create(Event event, Operation made) {
    NetworkNamespace namespace = namespaces.get(made.other());
    Socket socket =
        kernel.socket(made.uid(), namespace, event.family(), event.type(), event.protocol());
    sockets.put(event.socket(), socket);
    if (event.type() != Operation.Transport.STREAM) {
      datagramSockets.add(event.socket());
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
      return Optional.empty(); // nothing was accepted, so all that follows fails
    }
    return switch (ended.kind()) {
      case BIND -> bound(event, ended);
      case SEND, SENDTO -> told(event, cookie);
      case DRAIN -> read(event, cookie);
      case OWNER -> recorded(event, cookie);
      default -> Optional.empty();
    };
  }

  private Optional<String> made(Event event, Operation ended) {
    if (event.result() < 0) {
      return ended.kind() == Kind.ACCEPT
          ? Optional.empty()
          : Optional.of("a socket could not be made: " + event.result());
    }
    cookies.put(ended.socket(), event.socket());
    if (ended.kind() == Kind.ACCEPT) {
      Socket waiting = sockets.get(event.socket());
      Socket listener = sockets.get(cookies.get(ended.other()));
      sockets.put(event.socket(), kernel.accept(waiting == null ? listener : waiting, ended.uid()));
    }
    return Optional.empty();
  }

  private Optional<String> bound(Event event, Operation ended) {
    int port = Integer.parseInt(ended.arguments().split(" ")[1]);
    Socket socket = sockets.get(cookies.get(ended.socket()));
    listeners.put(key(socket.namespace().cookie(), port), ended.socket());
    return unequal("bind", event.result(), 0);
  }

  /** The sender of datagrams is told at once; who sends on a connection is not. */
  private Optional<String> told(Event event, long cookie) {
    boolean expected =
        sent.getOrDefault(cookie, List.of()).contains(false) && !quietSockets.contains(cookie);
    boolean isRefused = event.result() == -EPERM;
    refused += isRefused ? 1 : 0;
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
