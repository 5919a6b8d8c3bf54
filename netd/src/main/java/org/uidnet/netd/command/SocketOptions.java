package org.uidnet.netd.command;

import java.util.Optional;
import org.uidnet.api.model.TagRequest;
import picocli.CommandLine.Option;

/** Which socket is meant. The server checks what belongs together. */
final class SocketOptions {
  @Option(
      names = "--pid",
      paramLabel = "PID",
      required = true,
      description = "The process that has it open.")
  private int pid;

  @Option(names = "--fd", paramLabel = "N", description = "Its descriptor there; or:")
  private Optional<Integer> fd;

  @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "tcp or udp.")
  private Optional<String> protocol;

  @Option(
      names = "--local",
      paramLabel = "ADDRESS:PORT",
      description = "Its own end: 192.0.2.1:4711 or [2001:db8::1]:4711.")
  private Optional<String> local;

  @Option(
      names = "--remote",
      paramLabel = "ADDRESS:PORT",
      description = "The other end, if it is connected.")
  private Optional<String> remote;

  TagRequest request(Optional<Long> tag, Optional<Long> chargeUid) {
    return new TagRequest(Optional.of(pid), fd, protocol, local, remote, tag, chargeUid);
  }

  /** For messages. */
  String words() {
    return fd.map(number -> "descriptor " + number + " of process " + pid)
        .orElse("the socket of process " + pid);
  }
}
