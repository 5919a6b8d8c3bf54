package org.uidnet.api;

import java.nio.channels.SocketChannel;
import java.util.OptionalLong;

/** Who is at the other end of a unix socket. */
@FunctionalInterface
public interface PeerCredentials {
  /** The peer's UID in the daemon's user namespace; empty if it cannot be told. */
  OptionalLong uid(SocketChannel channel);

  /** What the JDK alone can tell: see {@link JdkPeerCredentials}. */
  static PeerCredentials ofJdk() {
    return new JdkPeerCredentials();
  }
}
