package org.uidnet.api.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, 7.1), as they come. Closing it closes the connection's stream. */
final class ChunkedInput extends InputStream {
  private final InputStream in;
  private int left;
  private boolean begun;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int count = in.read(to, offset, Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the daemon closed the connection in the middle of its answer");
    }
    left -= count;
    return count;
  }

  /** False if there is none: then trailers, of which there are none, and an empty line follow. */
  private boolean nextChunk() throws IOException {
    if (ended) {
      return false;
    }
    if (begun) {
      Exchange.line(in);
    }
    begun = true;
    left = Exchange.number(Exchange.line(in).split(";", 2)[0].strip(), 16);
    if (left == 0) {
      Exchange.headers(in);
      ended = true;
    }
    return !ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
