package org.uidnet.simulator.kernel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A process calls connect or bind.
 *
 * @param caller UID of the process, which need not be the socket's
 * @param address of the socket's family
 */
record Call(Socket socket, long caller, InetAddress address, int port) {
  /** Four bytes of the address as a program reads them. */
  int addressWord(int index) {
    return ByteBuffer.wrap(address.getAddress())
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt(index * Integer.BYTES);
  }
}
