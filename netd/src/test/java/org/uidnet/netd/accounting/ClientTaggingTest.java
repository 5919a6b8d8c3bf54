package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.UsageRow;
import org.uidnet.firewall.Rule;
import org.uidnet.netd.testing.JavaProgram;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Kind;

/** A user's Java program that tags its own sockets by their ends, with the client. */
@KernelTest
@Timeout(60)
class ClientTaggingTest {
  private static final long UID = 31_301;
  private static final int IP_AND_UDP = 28;
  private static final int IPV6_AND_UDP = 48;

  /** The handshake of the connection that is tagged late. */
  private static final int SYN_AND_ACK = 2;

  @Test
  void bytesOfTaggedSockets_areInTheirTagsRows() throws IOException {
    Map<Long, Traffic> byTag = runProgram();

    assertThat(byTag.keySet())
        .containsExactlyInAnyOrder(
            0L,
            TaggingProgram.ANY_ADDRESS,
            TaggingProgram.IPV6,
            TaggingProgram.FACTORY,
            TaggingProgram.CONNECTED);
    assertThat(byTag.get(TaggingProgram.ANY_ADDRESS)).isEqualTo(sent(2, IP_AND_UDP));
    assertThat(byTag.get(TaggingProgram.IPV6)).isEqualTo(sent(1, IPV6_AND_UDP));
    assertThat(byTag.get(TaggingProgram.FACTORY).txBytes()).isGreaterThan(TaggingProgram.STREAM);
    assertThat(byTag.get(TaggingProgram.CONNECTED).txBytes()).isGreaterThan(TaggingProgram.STREAM);
    Traffic untagged = untagged(byTag);
    assertThat(untagged.txPackets()).isEqualTo(2 * TaggingProgram.DATAGRAMS + SYN_AND_ACK);
    assertThat(untagged.rxPackets()).isEqualTo(1);
  }

  private static Map<Long, Traffic> runProgram() throws IOException {
    try (var daemon = TestDaemon.started();
        var program = program();
        var sinks = new Sinks()) {
      Files.setPosixFilePermissions(
          daemon.directory(), PosixFilePermissions.fromString("rwx--x--x"));
      program.run(
          daemon.cgroup(),
          UID,
          daemon.directory().resolve("api.sock"),
          sinks.datagrams.getLocalPort(),
          sinks.connections.getLocalPort());
      return daemon.client().sinceBoot(UsageQuery.NONE.uid("" + UID).by("tag")).rows().stream()
          .collect(Collectors.toMap(row -> row.tag().orElseThrow(), UsageRow::traffic));
    }
  }

  private static JavaProgram program() throws IOException {
    return new JavaProgram(
        TaggingProgram.class,
        UidnetClient.class,
        Traffic.class,
        Kind.class,
        Rule.class,
        JsonInclude.class,
        JsonParser.class,
        ObjectMapper.class,
        Jdk8Module.class,
        JavaTimeModule.class);
  }

  private static Traffic sent(int times, int headers) {
    int datagrams = times * TaggingProgram.DATAGRAMS;
    return new Traffic(0, 0, (long) datagrams * (TaggingProgram.PAYLOAD + headers), datagrams);
  }

  /** The row without a tag is the total. */
  private static Traffic untagged(Map<Long, Traffic> byTag) {
    Traffic total = byTag.get(0L);
    Traffic all = byTag.values().stream().reduce(Traffic.NONE, Traffic::plus);
    return total.minus(all.minus(total));
  }

  /** Takes what comes, outside of the daemon's cgroup. */
  private static final class Sinks implements AutoCloseable {
    final DatagramSocket datagrams;
    final DatagramSocket datagrams6;
    final ServerSocket connections;

    Sinks() throws IOException {
      datagrams = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
      datagrams6 = new DatagramSocket(datagrams.getLocalPort(), InetAddress.getByName("::1"));
      connections = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
      Thread thread = new Thread(this::serve, "sink");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      try {
        while (true) {
          try (var connection = connections.accept()) {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
        }
      } catch (SocketException e) {
        // closed: the end
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      datagrams.close();
      datagrams6.close();
      connections.close();
    }
  }
}
