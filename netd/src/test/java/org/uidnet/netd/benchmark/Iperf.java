package org.uidnet.netd.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.uidnet.netd.testing.Commands;

/** iperf3 where a variant is at work: a server that listens, and clients that measure. */
final class Iperf implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECONDS = "1";

  /** Sender and receiver each keep one: where they run makes more of a difference than all else. */
  private static final String CPUS = "0,1";

  /** What is measured. */
  enum Protocol {
    TCP("TCP, Gbit", 1e9),
    UDP("UDP of 64 bytes, thousand datagrams", 1e3, "-u", "-b", "0", "-l", "64");

    private final String title;
    private final double unit;
    private final List<String> options;

    Protocol(String title, double unit, String... options) {
      this.title = title;
      this.unit = unit;
      this.options = List.of(options);
    }

    String title() {
      return title;
    }

    double unit() {
      return unit;
    }

    /** Bits or datagrams a second that arrived. */
    private double rate(JsonNode end) {
      JsonNode sum = end.path("sum");
      return this == TCP
          ? end.path("sum_received").path("bits_per_second").asDouble()
          : (sum.path("packets").asDouble() - sum.path("lost_packets").asDouble())
              / sum.path("seconds").asDouble();
    }
  }

  private final Variant.Place place;
  private final String address;
  private final Process server;

  private Iperf(Variant.Place place, String address, Process server) {
    this.place = place;
    this.address = address;
    this.server = server;
  }

  /** Returns when the server listens. */
  static Iperf served(Variant.Place place, boolean loopback) {
    String namespace = loopback ? place.namespace() : place.pair().serverNamespace();
    String address = loopback ? "127.0.0.1" : place.pair().serverAddress(false);
    List<String> command = place.command(namespace, "iperf3", "-s", "--forceflush");
    try {
      Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
      awaitListening(server);
      return new Iperf(place, address, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitListening(Process server) throws IOException {
    var output = server.inputReader();
    String line = output.readLine();
    while (line != null && !line.startsWith("Server listening")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("iperf3 does not listen");
    }
  }

  double measure(Protocol protocol) {
    List<String> words =
        new ArrayList<>(List.of("iperf3", "--json", "-c", address, "-t", SECONDS, "-A", CPUS));
    words.addAll(protocol.options);
    List<String> command = place.command(place.namespace(), words.toArray(String[]::new));
    try {
      String answer = Commands.run(command.toArray(String[]::new));
      return protocol.rate(JSON.readTree(answer).path("end"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.destroyForcibly();
  }
}
