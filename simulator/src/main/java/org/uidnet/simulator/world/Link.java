package org.uidnet.simulator.world;

import java.net.InetAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import org.uidnet.simulator.kernel.Socket;

/**
 * One socket's way to its other end: past the hook and out of a device, or in by a device and past
 * the hook. Over loopback the other end is a second socket of the same user, and each packet passes
 * both hooks.
 */
final class Link {
  private final Host host;
  private final Net net;
  private final Optional<String> onInterface;
  private final int cpu;
  private final int softirqCpu;
  private Socket socket;
  private Optional<Socket> otherEnd = Optional.empty();

  Link(Host host, Net net, Optional<String> onInterface, Socket socket, SplittableRandom random) {
    this.host = host;
    this.net = net;
    this.onInterface = onInterface;
    this.socket = socket;
    cpu = random.nextInt(host.kernel().cpus());
    softirqCpu = random.nextInt(host.kernel().cpus());
  }

  /** What carries its packets now; empty: offline. */
  Optional<NetworkDevice> device() {
    return onInterface.isPresent()
        ? net.device(onInterface.get()).filter(NetworkDevice::isUp)
        : net.carrier();
  }

  Socket socket() {
    return socket;
  }

  /** From now on packets are another socket's. */
  void handOver(Socket to) {
    socket = to;
  }

  void endsAt(Socket other) {
    otherEnd = Optional.of(other);
  }

  void close() {
    if (!net.isListener(socket)) {
      host.kernel().close(socket);
    }
    otherEnd.ifPresent(host.kernel()::close);
  }

  /** Asks for a connection to the other end; false if that is refused at once. */
  boolean connect(NetworkDevice device, boolean ipv6) {
    InetAddress remote = device.isLoopback() ? Header.loopback(ipv6) : Header.remote(ipv6);
    return host.kernel().connect(socket, socket.uid(), remote, Header.REMOTE_PORT);
  }

  /**
   * Sends a packet to the other end.
   *
   * @param segment most payload of one packet on the wire; one of more stands for many
   * @return false if it was dropped on the way
   */
  boolean send(NetworkDevice device, Header header, int payload, int segment) {
    int segments = fill(device, header, payload, segment);
    if (!leave(socket)) {
      return false;
    }
    device.send(header.length() + payload, header.length(), segments);
    return otherEnd.isEmpty() || arrive(otherEnd.get(), device, header, payload, segments);
  }

  /** Receives a packet from the other end; false if it was dropped. */
  boolean receive(NetworkDevice device, Header header, int payload, int segment) {
    int segments = fill(device, header, payload, segment);
    if (otherEnd.isPresent()) {
      if (!leave(otherEnd.get())) {
        return false;
      }
      device.send(header.length() + payload, header.length(), segments);
    }
    return arrive(socket, device, header, payload, segments);
  }

  private int fill(NetworkDevice device, Header header, int payload, int segment) {
    int segments = payload <= segment ? 1 : (payload + segment - 1) / segment;
    header.fill(host.skb().on(device.ifindex()), payload);
    if (segments > 1) {
      host.skb().segmented(segment, segments);
    }
    return segments;
  }

  private boolean leave(Socket from) {
    return host.kernel().egress(host.skb().from(from), cpu);
  }

  private boolean arrive(
      Socket at, NetworkDevice device, Header header, int payload, int segments) {
    device.receive(header.length() + payload, header.length(), segments);
    return host.kernel().ingress(host.skb().from(at), softirqCpu);
  }
}
