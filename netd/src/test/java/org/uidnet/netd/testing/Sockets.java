package org.uidnet.netd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Sockets held by one process of {@code traffic.c}, each used by whatever UID a call names. Calls
 * answer {@code ok}, a number, {@code waiting} or the name of an error.
 */
public final class Sockets implements AutoCloseable {
  private final Traffic.Server process;
  private final AtomicInteger number = new AtomicInteger();

  public Sockets(Traffic where) {
    process = where.serve("sockets");
  }

  /** Of the process that has them open. */
  public int pid() {
    return process.pid();
  }

  /** Makes a socket as a UID; the call must succeed. */
  public Socket open(long uid, String type, boolean ipv6) {
    Socket made = new Socket("s" + number.incrementAndGet(), uid);
    assertThat(made.call("open", type, ipv6 ? 6 : 4)).isEqualTo("ok");
    return made;
  }

  /** What making a socket answers. */
  public String tryOpen(long uid, String type, boolean ipv6) {
    Socket made = new Socket("s" + number.incrementAndGet(), uid);
    String answer = made.call("open", type, ipv6 ? 6 : 4);
    if (answer.equals("ok")) {
      made.close();
    }
    return answer;
  }

  /** A TCP listener or UDP receiver of root on a free port of all addresses. */
  public Socket server(String type, boolean ipv6) {
    Socket made = open(0, type, ipv6);
    assertThat(made.call("bind", ipv6 ? "::" : "0.0.0.0", 0)).isEqualTo("ok");
    if (!type.equals("udp")) {
      assertThat(made.call("listen")).isEqualTo("ok");
    }
    return made;
  }

  @Override
  public void close() {
    process.close();
  }

  /** One of them, used by a UID. */
  public final class Socket implements AutoCloseable {
    private final String name;
    private final long uid;

    private Socket(String name, long uid) {
      this.name = name;
      this.uid = uid;
    }

    /** The same socket, used by another UID. */
    public Socket as(long other) {
      return new Socket(name, other);
    }

    public String call(String call, Object... arguments) {
      String words =
          Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(" "));
      return process.ask("%s %s %d %s".formatted(call, name, uid, words));
    }

    public int port() {
      return Integer.parseInt(call("port"));
    }

    /** Its descriptor in the process that has it open. */
    public int descriptor() {
      return Integer.parseInt(call("descriptor"));
    }

    /** The kernel's number of it, which no other socket ever has. */
    public long cookie() {
      return Long.parseLong(call("cookie"));
    }

    public String connect(String address, int port, int milliseconds) {
      return call("connect", address, port, milliseconds);
    }

    public String send(int bytes) {
      return call("send", bytes);
    }

    public String sendTo(String address, int port, int bytes) {
      return call("sendto", bytes, address, port);
    }

    public String receive(int milliseconds) {
      return call("receive", milliseconds);
    }

    /** The next connection, which must be there soon. */
    public Socket accept() {
      Socket made = new Socket("s" + number.incrementAndGet(), uid);
      assertThat(call("accept", made.name, 1000)).isEqualTo("ok");
      return made;
    }

    @Override
    public void close() {
      assertThat(call("close")).isEqualTo("ok");
    }

    /** Closes with RST. */
    public void reset() {
      assertThat(call("reset")).isEqualTo("ok");
    }
  }
}
