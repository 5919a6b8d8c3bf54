package org.uidnet.netd.benchmark;

import java.util.concurrent.CompletableFuture;
import org.uidnet.netd.firewall.FirewallHost;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/**
 * Sends datagrams to nobody until one is refused. Another program does, which sleeps in between, so
 * that the daemon has both CPUs.
 */
final class Sender {
  /** Between two datagrams; a refusal is seen that much later. */
  private static final long SEND_EVERY_MICROS = 100;

  private static final int DATAGRAM = 5;

  private final FirewallHost host;
  private final Socket socket;

  Sender(FirewallHost host, Sockets clients, long uid) {
    this.host = host;
    socket = clients.open(uid, "udp", false);
  }

  /** It must be allowed; a refusal now would be an error of ours. */
  void send() {
    String sent = socket.sendTo(host.serverAddress(), FirewallHost.NOBODYS_PORT, DATAGRAM);
    if (!sent.equals(Integer.toString(DATAGRAM))) {
      throw new IllegalStateException("refused while nothing blocks it: " + sent);
    }
  }

  /** When that will have been, by the clock of {@link System#nanoTime}. */
  CompletableFuture<Long> refusal() {
    return CompletableFuture.supplyAsync(this::awaitRefusal);
  }

  private long awaitRefusal() {
    String time =
        socket.call(
            "await-refusal",
            DATAGRAM,
            host.serverAddress(),
            FirewallHost.NOBODYS_PORT,
            SEND_EVERY_MICROS);
    return Long.parseLong(time);
  }
}
