package org.uidnet.netd.accounting;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.uidnet.api.client.TaggingSocketFactory;
import org.uidnet.api.client.TrafficTags;
import org.uidnet.api.client.UidnetClient;

/**
 * A program of some user that sends to loopback under tags of its own. Arguments: the daemon's
 * socket, a port that takes datagrams on 127.0.0.1 and ::1, and one that takes TCP connections.
 */
final class TaggingProgram {
  static final long ANY_ADDRESS = 0x1;
  static final long IPV6 = 0xffff_ffffL;
  static final long FACTORY = 0x3;
  static final long CONNECTED = 0x4;

  static final int DATAGRAMS = 10;
  static final int PAYLOAD = 100;
  static final int STREAM = 100_000;

  private final TrafficTags tags;
  private final InetSocketAddress datagrams;
  private final InetSocketAddress datagrams6;
  private final InetSocketAddress connections;

  private TaggingProgram(Path socket, int datagrams, int connections) throws IOException {
    tags = new TrafficTags(UidnetClient.overSocket(socket));
    this.datagrams = new InetSocketAddress("127.0.0.1", datagrams);
    this.datagrams6 = new InetSocketAddress("::1", datagrams);
    this.connections = new InetSocketAddress("127.0.0.1", connections);
  }

  public static void main(String[] args) throws IOException {
    var program =
        new TaggingProgram(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    program.sendFromAnyAddress();
    program.sendFromConnectedIpv6Channel();
    program.sendThroughFactory();
    program.sendOverConnectionTaggedLate();
  }

  /** Tagged, untagged, and tagged again. */
  private void sendFromAnyAddress() throws IOException {
    tags.setThreadTag(ANY_ADDRESS);
    try (var socket = new DatagramSocket()) {
      send(socket);
      tags.tag(socket);
      send(socket);
      tags.untag(socket);
      send(socket);
      tags.tag(socket);
      send(socket);
    }
  }

  private void send(DatagramSocket socket) throws IOException {
    for (int i = 0; i < DATAGRAMS; i++) {
      socket.send(new DatagramPacket(new byte[PAYLOAD], PAYLOAD, datagrams));
    }
  }

  private void sendFromConnectedIpv6Channel() throws IOException {
    tags.setThreadTag(IPV6);
    try (var channel = DatagramChannel.open().connect(datagrams6)) {
      tags.tag(channel);
      for (int i = 0; i < DATAGRAMS; i++) {
        channel.write(ByteBuffer.allocate(PAYLOAD));
      }
    }
  }

  private void sendThroughFactory() throws IOException {
    tags.setThreadTag(FACTORY);
    var factory = new TaggingSocketFactory(SocketFactory.getDefault(), tags, TaggingProgram::fail);
    try (var socket = factory.createSocket()) {
      socket.connect(connections);
      socket.getOutputStream().write(new byte[STREAM]);
      socket.shutdownOutput();
      socket.getInputStream().read();
    }
  }

  /** An IPv4 connection of what is an IPv6 socket to the kernel. */
  private void sendOverConnectionTaggedLate() throws IOException {
    tags.setThreadTag(CONNECTED);
    try (var channel = SocketChannel.open(connections)) {
      tags.tag(channel);
      channel.write(ByteBuffer.allocate(STREAM));
      channel.shutdownOutput();
      channel.read(ByteBuffer.allocate(1));
    }
  }

  private static void fail(IOException e) {
    throw new AssertionError(e);
  }
}
