package org.uidnet.netd.daemon;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.netd.StateDir;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/**
 * How long questions to 90 days of 200 UIDs take over the unix socket of a daemon, on a connection
 * that is kept. Argument: a directory with what {@code HistoryBenchmark} of stats-service made.
 * Nothing is cached between two questions.
 */
public final class HistoryQuestions {
  private static final int WARM_UP = 400;
  private static final int ROUNDS = 400;
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final SocketChannel channel;
  private final InputStream in;

  private HistoryQuestions(SocketChannel channel) {
    this.channel = channel;
    in = Channels.newInputStream(channel);
  }

  public static void main(String[] args) throws IOException {
    Clock clock = Clock.systemUTC();
    DaemonConfig config =
        new DaemonConfig(StateDir.in(Path.of(args[0])), Optional.empty(), Duration.ofSeconds(10));
    Scenario scenario = Scenarios.shipped("phone");
    World world = new World(scenario, 1, clock.instant());
    Platform platform = new SimulatedPlatform(world, scenario.limits(), 1);
    try (Daemon daemon = Daemon.start(platform, config, clock);
        SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(config.stateDir().apiSocket()))) {
      daemon.health();
      new HistoryQuestions(channel).run();
    }
  }

  private void run() throws IOException {
    System.out.printf(
        "%-44s %9s %9s %13s %9s%n", "over HTTP", "median ms", "p99 ms", "processor ms", "KiB");
    time("all UIDs, 90 days", "/v1/usage/summary?from=-90d&by=uid");
    time("one UID, 90 days by hour", "/v1/usage/history?from=-90d&resolution=1h&uid=10100");
    time("a request for nothing", "/v1/health");
  }

  /**
   * The processor's time is the mean of the whole process, the asking one and garbage included:
   * what it takes where nobody else is at work.
   */
  private void time(String what, String target) throws IOException {
    long[] nanos = new long[ROUNDS];
    int bytes = 0;
    long processor = 0;
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      processor = i == 0 ? SYSTEM.getProcessCpuTime() : processor;
      long start = System.nanoTime();
      bytes = get(target);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    processor = SYSTEM.getProcessCpuTime() - processor;
    Arrays.sort(nanos);
    System.out.printf(
        "%-44s %9.2f %9.2f %13.2f %9d%n",
        what,
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS * 99 / 100] / 1e6,
        processor / 1e6 / ROUNDS,
        bytes / 1024);
  }

  /** Answers the length of the body. */
  private int get(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    Matcher length = LENGTH.matcher(head);
    if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
      throw new IOException(target + " is answered with " + head);
    }
    int bytes = Integer.parseInt(length.group(1));
    in.skipNBytes(bytes);
    return bytes;
  }
}
