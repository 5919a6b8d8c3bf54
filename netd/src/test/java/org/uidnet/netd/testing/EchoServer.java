package org.uidnet.netd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/** Sends every UDP datagram back to where it came from, on loopback, outside of any test cgroup. */
public final class EchoServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final Thread thread;

  public EchoServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::serve, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  /** A bash script that sends {@code count} datagrams of {@code size} bytes and reads each back. */
  public String client(int count, int size) {
    return client(socket.getLocalPort(), count, size);
  }

  private static String client(int port, int count, int size) {
    return "exec 3<>/dev/udp/127.0.0.1/%d; for i in $(seq %d); do printf '%%0%dd' 0 >&3; dd bs=65536 count=1 status=none <&3 >/dev/null; done"
        .formatted(port, count, size);
  }

  private void serve() {
    byte[] buffer = new byte[65_536];
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (SocketException e) {
      // closed: the end
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
