package org.uidnet.netd.differential;

import java.util.Locale;

/**
 * One line of a script for {@code sockets.c}.
 *
 * @param socket number of the socket that it is about
 * @param other the listener that is accepted from, or the namespace of a new socket
 * @param uid of a new or accepted socket; of the host
 */
record Operation(Kind kind, int socket, int other, long uid, String arguments) {
  enum Kind {
    SOCKET,
    OPTIONS,
    BIND,
    LISTEN,
    CONNECT,
    ACCEPT,
    SEND,
    SENDTO,
    DRAIN,
    OWNER,
    CLOSE
  }

  static Operation socket(int socket, int namespace, long uid, Transport transport) {
    String arguments =
        "%d %d %d %d %d"
            .formatted(namespace, uid, transport.family(), transport.type(), transport.protocol());
    return new Operation(Kind.SOCKET, socket, namespace, uid, arguments);
  }

  static Operation accept(int socket, int listener, long uid) {
    return new Operation(Kind.ACCEPT, socket, listener, uid, listener + " " + uid);
  }

  static Operation of(Kind kind, int socket, Object... arguments) {
    StringBuilder text = new StringBuilder();
    for (Object argument : arguments) {
      text.append(text.isEmpty() ? "" : " ").append(argument);
    }
    return new Operation(kind, socket, -1, -1, text.toString());
  }

  /** As the script has it. */
  @Override
  public String toString() {
    return (kind.name().toLowerCase(Locale.ROOT) + " " + socket + " " + arguments).strip();
  }

  /** What a socket is made of. */
  record Transport(int family, int type, int protocol) {
    static final int STREAM = 1;
    static final int DATAGRAM = 2;
    static final int RAW = 3;

    boolean isIpv6() {
      return family == 10;
    }

    boolean isTcp() {
      return type == STREAM;
    }
  }
}
