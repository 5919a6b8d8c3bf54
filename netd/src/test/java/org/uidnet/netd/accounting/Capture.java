package org.uidnet.netd.accounting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.uidnet.programs.Traffic;

/**
 * What a device carries beside TCP and UDP, as tcpdump sees it: the packets that no socket's UID is
 * charged with, so what explains a difference between the device and the hooks.
 */
final class Capture implements AutoCloseable {
  private static final String FILTER = "not tcp and not udp";
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int CAPTURED_LENGTH = 8;
  private static final int ORIGINAL_LENGTH = 12;
  private static final int LINK_HEADER = 14;

  private final List<Process> processes = new ArrayList<>();
  private final Path in;
  private final Path out;

  /** Captures on {@code veth0} of a namespace. */
  Capture(String namespace) throws IOException {
    in = start(namespace, "in");
    out = start(namespace, "out");
  }

  private Path start(String namespace, String direction) throws IOException {
    Path file = Files.createTempFile("uidnet-capture", ".pcap");
    Process process =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                namespace,
                "tcpdump",
                "-n",
                "-U",
                "-Z",
                "root",
                "-i",
                "veth0",
                "-Q",
                direction,
                "-w",
                file.toString(),
                FILTER)
            .start();
    processes.add(process);
    awaitListening(process);
    return file;
  }

  private static void awaitListening(Process process) throws IOException {
    BufferedReader messages = process.errorReader(StandardCharsets.UTF_8);
    String line = messages.readLine();
    while (line != null && !line.contains("listening on")) {
      line = messages.readLine();
    }
    if (line == null) {
      throw new AssertionError("tcpdump did not start");
    }
  }

  /** What it saw so far, from the network header on; a packet may take a moment to get here. */
  Traffic seen() {
    long[] received = sum(in);
    long[] sent = sum(out);
    return new Traffic(received[0], received[1], sent[0], sent[1]);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long[] sum(Path file) {
    try {
      ByteBuffer pcap = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      long bytes = 0;
      long packets = 0;
      for (int at = FILE_HEADER; at + RECORD_HEADER <= pcap.limit(); packets++) {
        bytes += pcap.getInt(at + ORIGINAL_LENGTH) - LINK_HEADER;
        at += RECORD_HEADER + pcap.getInt(at + CAPTURED_LENGTH);
      }
      return new long[] {bytes, packets};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(Capture::await);
    Files.deleteIfExists(in);
    Files.deleteIfExists(out);
  }
}
