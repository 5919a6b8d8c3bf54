package org.uidnet.netd.differential;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.uidnet.netd.differential.Operation.Kind;
import org.uidnet.netd.differential.Operation.Transport;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.layout.Layouts;

/** Makes scripts: conversations of two sockets each, several at a time, woven into one another. */
final class ScriptMaker {
  /** Low ones and high ones, and those at the borders. */
  static final long[] UIDS = {
    0, 1, 1000, 10_123, 10_124, 65_534, 65_535, 65_536, 70_000, 200_001, 200_002, 4_294_967_294L
  };

  private static final int AT_A_TIME = 4;

  /** The first of the ports that are bound and connected to, one after another. */
  static final int FIRST_PORT = 20_000;

  /** That a UID may be in. */
  static final int GENERATIONS = 2;

  private static final long[] TAGS = {0, 0x1001, 0x1002, Layouts.TAG_SYSTEM_DNS};
  private static final int LOOPBACK = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int[] STREAM_BYTES = {1, 100, 1_447, 20_000, 65_000};
  private static final int[] DATAGRAM_BYTES = {1, 100, 1_400, 9_000};

  private final SplittableRandom random;
  private final int namespaces;
  private int sockets;
  private int port = FIRST_PORT;

  ScriptMaker(SplittableRandom random, int namespaces) {
    this.random = random;
    this.namespaces = namespaces;
  }

  List<Operation> script(int operations) {
    List<Operation> script = new ArrayList<>();
    List<Deque<Operation>> running = new ArrayList<>();
    while (script.size() < operations || !running.isEmpty()) {
      if (script.size() < operations && running.size() < AT_A_TIME) {
        running.add(new ArrayDeque<>(conversation()));
      }
      Deque<Operation> next = running.get(random.nextInt(running.size()));
      script.add(next.remove());
      running.removeIf(Deque::isEmpty);
    }
    return script;
  }

  private List<Operation> conversation() {
    int family = random.nextBoolean() ? Transport.IPV4 : Transport.IPV6;
    boolean ipv6 = family == 10;
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> stream(new Transport(family, Transport.STREAM, TCP));
      case 3, 4, 5 -> datagrams(new Transport(family, Transport.DATAGRAM, UDP));
      case 6 -> echo(new Transport(family, Transport.DATAGRAM, ipv6 ? 58 : 1));
      default -> raw(new Transport(family, Transport.RAW, 253));
    };
  }

  /** Two ends: both on loopback, or on the two ends of a veth pair between two namespaces. */
  private Ends ends(boolean ipv6) {
    int namespace = random.nextInt(namespaces);
    if (random.nextBoolean()) {
      return new Ends(namespace, namespace, LOOPBACK, ipv6 ? "::1" : "127.0.0.1");
    }
    int host = namespace % 2 + 1;
    int other = 3 - host; // pairs are 0 and 1, 2 and 3
    return new Ends(namespace ^ 1, namespace, Links.index(other), Links.address(ipv6, host));
  }

  /**
   * Where a conversation takes place.
   *
   * @param device of the client
   * @param address of the server
   */
  private record Ends(int client, int server, int device, String address) {}

  /** A client may reach an IPv4 server through an IPv6 socket. */
  private Client client(Transport servers, Ends ends) {
    boolean maps = !servers.isIpv6() && random.nextInt(4) == 0;
    return new Client(
        sockets++,
        uid(),
        maps ? servers.withFamily(Transport.IPV6) : servers,
        maps ? "::ffff:" + ends.address() : ends.address());
  }

  /**
   * The socket that speaks first.
   *
   * @param address of the server, as it has it
   */
  private record Client(int socket, long uid, Transport transport, String address) {}

  private void make(List<Operation> all, Client client, Ends ends) {
    all.add(Operation.socket(client.socket(), ends.client(), client.uid(), client.transport()));
    maybeOptions(all, client.socket());
    maybeTag(all, client.socket());
    if (random.nextInt(4) == 0) {
      all.add(Operation.of(Kind.DEVICE, client.socket(), ends.device()));
    }
  }

  private Operation connect(Client client, int at) {
    long caller = caller(client.uid());
    return Operation.call(Kind.CONNECT, client.socket(), caller, client.address(), at);
  }

  private void makeBound(List<Operation> all, int socket, Ends ends, Transport transport, int at) {
    long owner = uid();
    all.add(Operation.socket(socket, ends.server(), owner, transport));
    all.add(Operation.call(Kind.BIND, socket, caller(owner), ends.address(), at));
  }

  private List<Operation> stream(Transport transport) {
    Ends ends = ends(transport.isIpv6());
    int listener = sockets++;
    Client speaker = client(transport, ends);
    int client = speaker.socket();
    int accepted = sockets++;
    int at = port++;
    List<Operation> all = new ArrayList<>();
    makeBound(all, listener, ends, transport, at);
    maybeOptions(all, listener);
    all.add(Operation.of(Kind.LISTEN, listener));
    make(all, speaker, ends);
    all.add(connect(speaker, at));
    maybe(all, Operation.of(Kind.SEND, client, pick(STREAM_BYTES), 0)); // before it is accepted
    maybe(all, Operation.accept(accepted, listener, uid()));
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(
          Operation.of(Kind.SEND, random.nextBoolean() ? client : accepted, pick(STREAM_BYTES), 0));
      maybe(all, Operation.of(Kind.DRAIN, random.nextBoolean() ? client : accepted));
      maybeTag(all, random.nextBoolean() ? client : accepted);
    }
    maybe(all, Operation.of(Kind.OWNER, accepted));
    maybe(all, Operation.of(Kind.OWNER, listener));
    int[] order =
        random.nextBoolean() ? new int[] {client, accepted} : new int[] {accepted, client};
    for (int socket : order) {
      all.add(Operation.of(Kind.CLOSE, socket));
    }
    all.add(Operation.of(Kind.CLOSE, listener));
    return all;
  }

  private List<Operation> datagrams(Transport transport) {
    Ends ends = ends(transport.isIpv6());
    int server = sockets++;
    Client speaker = client(transport, ends);
    int client = speaker.socket();
    int at = port++;
    List<Operation> all = new ArrayList<>();
    makeBound(all, server, ends, transport, at);
    make(all, speaker, ends);
    boolean connected = random.nextBoolean();
    if (connected) {
      all.add(connect(speaker, at));
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      all.add(
          connected
              ? segments(client)
              : Operation.of(Kind.SENDTO, client, pick(DATAGRAM_BYTES), speaker.address(), at));
      maybe(all, Operation.of(Kind.DRAIN, server));
      maybeTag(all, random.nextBoolean() ? client : server);
    }
    maybe(all, Operation.of(Kind.OWNER, client));
    return closed(all, server, client);
  }

  /** Sometimes many datagrams in one piece. */
  private Operation segments(int socket) {
    return random.nextBoolean()
        ? Operation.of(Kind.SEND, socket, 1 + random.nextInt(30_000), 500 + random.nextInt(900))
        : Operation.of(Kind.SEND, socket, pick(DATAGRAM_BYTES), 0);
  }

  /** The kernel answers. */
  private List<Operation> echo(Transport transport) {
    Ends ends = ends(transport.isIpv6());
    Client speaker = new Client(sockets++, uid(), transport, ends.address());
    int socket = speaker.socket();
    List<Operation> all = new ArrayList<>();
    make(all, speaker, ends);
    maybe(all, connect(speaker, 0));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      all.add(Operation.of(Kind.SENDTO, socket, 8 + random.nextInt(1_200), ends.address(), 0));
    }
    return closed(all, socket);
  }

  private List<Operation> raw(Transport transport) {
    Ends ends = ends(transport.isIpv6());
    int server = sockets++;
    Client speaker = new Client(sockets++, uid(), transport, ends.address());
    int client = speaker.socket();
    List<Operation> all = new ArrayList<>();
    all.add(Operation.socket(server, ends.server(), uid(), transport));
    make(all, speaker, ends);
    maybe(all, connect(speaker, 0));
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      all.add(Operation.of(Kind.SENDTO, client, 1 + random.nextInt(1_200), ends.address(), 0));
    }
    return closed(all, server, client);
  }

  /** What has been delivered is read to the end before it is closed. */
  private static List<Operation> closed(List<Operation> all, int... sockets) {
    for (int socket : sockets) {
      all.add(Operation.of(Kind.DRAIN, socket));
      all.add(Operation.of(Kind.CLOSE, socket));
    }
    return all;
  }

  /** At any time, and now and then off again. */
  private void maybeTag(List<Operation> all, int socket) {
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> all.add(Operation.tag(socket, tag()));
      case 3 -> all.add(Operation.of(Kind.UNTAG, socket));
      default -> {
        // none
      }
    }
  }

  private SocketTag tag() {
    return new SocketTag(TAGS[random.nextInt(TAGS.length)], uid(), random.nextInt(GENERATIONS));
  }

  private void maybeOptions(List<Operation> all, int socket) {
    if (random.nextInt(4) == 0) {
      all.add(Operation.of(Kind.OPTIONS, socket));
    }
  }

  private void maybe(List<Operation> all, Operation operation) {
    if (random.nextInt(3) > 0) {
      all.add(operation);
    }
  }

  private long uid() {
    return UIDS[random.nextInt(UIDS.length)];
  }

  /** Who uses a socket is now and then not its owner. */
  private long caller(long owner) {
    return random.nextInt(3) == 0 ? uid() : owner;
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }
}
