package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.uidnet.netd.testing.Commands;

/**
 * Rules of nftables by the UID of the socket, in a network namespace that was made for them and
 * with which they end. On the way in they see the UID only where the kernel knows the socket early:
 * connections, but not UDP sockets that are not connected.
 */
final class Nftables implements Installed {
  private static final String COUNTERS =
      """
      table inet bench {
        set sent { typeof meta skuid; size 262144; flags dynamic; counter; }
        set received { typeof meta skuid; size 262144; flags dynamic; counter; }
        set blocked { typeof meta skuid; %s }
        chain out {
          type filter hook output priority 0;
          %s
          update @sent { meta skuid counter }
        }
        chain in {
          type filter hook input priority 0;
          %s
          update @received { meta skuid counter }
        }
      }
      """;

  private Nftables() {}

  /** A counter for each UID, which the kernel makes when it first sees it. */
  static Nftables counters(String namespace) {
    return load(namespace, COUNTERS.formatted("", "", ""));
  }

  /** The same, and a set of UIDs whose packets are dropped. */
  static Nftables dropping(String namespace, LongStream blocked) {
    String elements =
        blocked.mapToObj(Long::toString).collect(Collectors.joining(",", "elements = {", "};"));
    String drop = "meta skuid @blocked drop";
    return load(namespace, COUNTERS.formatted(elements, drop, drop));
  }

  private static Nftables load(String namespace, String rules) {
    try {
      Path file = Files.createTempFile("uidnet-bench", ".nft");
      try {
        Files.writeString(file, rules);
        Commands.line("ip netns exec %s nft -f %s", namespace, file);
        return new Nftables();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
