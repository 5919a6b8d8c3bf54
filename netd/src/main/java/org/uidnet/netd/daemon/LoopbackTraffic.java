package org.uidnet.netd.daemon;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.NotPermittedException;
import org.uidnet.programs.Traffic;

/**
 * Datagrams over loopback of which it is known how many there are: a child process in a cgroup
 * sends them, each comes back. The child need not read: a packet is counted when it reaches its
 * socket.
 */
final class LoopbackTraffic implements AutoCloseable {
  static final int DATAGRAMS = 100; // with what the kernel adds, less than any socket's buffer
  private static final int PAYLOAD = 512;
  private static final int UDP_HEADER = 8;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int NOT_JOINED = 77;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int GLANCE_MILLIS = 100;

  /** Joins the cgroup, then becomes what follows. */
  private static final String JOIN = "echo $$ > \"$0/cgroup.procs\" || exit 77; exec \"$@\"";

  /** Keeps its socket open until it is told to end. */
  private static final String SEND =
      "exec 3<>\"/dev/udp/$0/$1\" && for ((i = 0; i < $2; i++)); do printf '%0"
          + PAYLOAD
          + "d' 0 >&3 || exit; done && read -r";

  private final DatagramSocket socket;
  private final InetAddress address;

  /**
   * @throws IOException if this host has no such address
   */
  LoopbackTraffic(String address) throws IOException {
    this.address = InetAddress.getByName(address);
    socket = new DatagramSocket(0, this.address);
    socket.setSoTimeout(GLANCE_MILLIS);
  }

  /** For people. */
  String family() {
    return isIpv6() ? "IPv6" : "IPv4";
  }

  private boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  /**
   * Sends both ways.
   *
   * @param become words before a command that make it run as another UID
   * @param arrived called when all are on their way, while the child's socket is open
   * @return what the child sent and was sent
   */
  Traffic exchange(Path cgroup, List<String> become, ThenWait arrived) {
    Process child = start(command(cgroup, become));
    try {
      Traffic traffic = traffic(echo(child));
      arrived.until(traffic);
      end(child);
      return traffic;
    } catch (IOException e) {
      throw new KernelException("the self-test cannot send over loopback: " + e.getMessage(), e);
    } finally {
      kill(child);
    }
  }

  /** Waits until traffic was counted, or gives up. */
  @FunctionalInterface
  interface ThenWait {
    void until(Traffic traffic);
  }

  private Traffic traffic(int echoed) {
    long size = (long) PAYLOAD + UDP_HEADER + (isIpv6() ? IPV6_HEADER : IPV4_HEADER);
    return new Traffic(echoed * size, echoed, DATAGRAMS * size, DATAGRAMS);
  }

  private List<String> command(Path cgroup, List<String> become) {
    List<String> words = new ArrayList<>(List.of("bash", "-c", JOIN, cgroup.toString()));
    words.addAll(become);
    words.addAll(List.of("bash", "-c", SEND, address.getHostAddress()));
    words.addAll(List.of(Integer.toString(socket.getLocalPort()), Integer.toString(DATAGRAMS)));
    return words;
  }

  private static Process start(List<String> command) {
    try {
      return builder(command).start();
    } catch (IOException e) {
      throw new KernelException(
          "the self-test sends by bash (/dev/udp), which cannot be started: "
              + e.getMessage()
              + ". Install bash",
          e);
    }
  }

  /** Nothing of the environment but where commands are: bash runs what BASH_ENV names. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(List.of("PATH"));
    return builder;
  }

  private int echo(Process child) throws IOException {
    long start = System.nanoTime();
    byte[] buffer = new byte[PAYLOAD];
    for (int i = 0; i < DATAGRAMS; i++) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      receive(packet, child, start, i);
      socket.send(packet);
    }
    return DATAGRAMS;
  }

  private void receive(DatagramPacket packet, Process child, long start, int before)
      throws IOException {
    while (true) {
      try {
        socket.receive(packet);
        return;
      } catch (SocketTimeoutException e) {
        requireAlive(child);
        requirePatience(start, before);
      }
    }
  }

  private static void requireAlive(Process child) throws IOException {
    if (!child.isAlive()) {
      byte[] said = child.getInputStream().readAllBytes();
      throw ended(child.exitValue(), new String(said, StandardCharsets.UTF_8).strip());
    }
  }

  /** What bash says is in English: it knows no locale. */
  private static KernelException ended(int exit, String said) {
    if (exit != NOT_JOINED) {
      return new KernelException("the self-test's sender ended with " + exit + ": " + said);
    }
    String why = "a process could not be moved into the self-test's cgroup: " + said;
    return said.contains("Permission denied")
        ? new NotPermittedException(
            why + ". Run this as root: it takes the right to write to the cgroup that holds both")
        : new KernelException(why + ". Name another cgroup to make it in by --cgroup");
  }

  private void requirePatience(long start, int received) {
    if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
      throw new KernelException(
          "of %d datagrams over loopback (%s) %d arrived within %d s: does a firewall drop UDP on lo?"
              .formatted(DATAGRAMS, address.getHostAddress(), received, PATIENCE_MILLIS / 1000));
    }
  }

  private static void end(Process child) throws IOException {
    child.getOutputStream().write('\n');
    child.getOutputStream().close();
    if (!waitFor(child)) {
      throw new IOException("its sender does not end");
    }
  }

  private static void kill(Process child) {
    child.destroyForcibly();
    waitFor(child);
  }

  private static boolean waitFor(Process child) {
    try {
      return child.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
