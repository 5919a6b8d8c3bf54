package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Trace;

/** Makes traces of the records that programs write. */
public final class TraceReader {
  private final ByteBuffer record;

  private TraceReader(ByteBuffer record) {
    this.record = record;
  }

  /**
   * Reads a record of {@code struct trace}, in native order.
   *
   * @throws DatapathException if it is none
   */
  public static Trace read(ByteBuffer record) {
    Layouts.TRACE.requireWhole(record);
    return new TraceReader(record).read();
  }

  private Trace read() {
    return new Trace(
        record.getLong(at("time")),
        record.getLong(at("netns")),
        record.getLong(at("cookie")),
        record.getInt(at("ifindex")),
        record.getInt(at("length")),
        word("uid"),
        word("owner"),
        word("tag"),
        bigEndian("source_port"),
        bigEndian("target_port"),
        Short.toUnsignedInt(record.getShort(at("reason"))),
        octet("direction") == Layouts.EGRESS,
        octet("version"),
        octet("protocol"),
        octet("tcp_flags"),
        octet("wakeup") != 0);
  }

  private static int at(String field) {
    return Layouts.TRACE.offset(field);
  }

  private long word(String field) {
    return Integer.toUnsignedLong(record.getInt(at(field)));
  }

  private int octet(String field) {
    return Byte.toUnsignedInt(record.get(at(field)));
  }

  private int bigEndian(String field) {
    return (octet(field) << 8) | Byte.toUnsignedInt(record.get(at(field) + 1));
  }
}
