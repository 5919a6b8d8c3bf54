package org.uidnet.stats.android;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The numbers and texts of a recording, in order. What does not look as it must is a fault of the
 * place where it began. Reads no further than it must be, apart from a small buffer.
 */
final class RecordingInput {
  /** Names of Wi-Fi networks have 32 bytes, subscribers 15 digits. */
  private static final int MAX_TEXT = 1000;

  private final String file;
  private final InputStream in;
  private final MessageDigest digest = sha256();
  private final byte[] buffer = new byte[8192];
  private int at;
  private int end;

  /** Where in the file the buffer begins. */
  private long base;

  RecordingInput(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  long offset() {
    return base + at;
  }

  RecordingException fault(long offset, String expected, String found) {
    return new RecordingException(file, offset, expected, found);
  }

  /** Refuses the number, which began at the offset, if the condition does not hold. */
  void require(boolean condition, long offset, String expected, long found) {
    if (!condition) {
      throw fault(offset, expected, Long.toString(found));
    }
  }

  int i32(String what) throws IOException {
    return (int) bigEndian(4, what);
  }

  /** How many things follow. */
  int count(String what, int most) throws IOException {
    long start = offset();
    int count = i32(what);
    require(count >= 0 && count <= most, start, what + ", 0 to " + most, count);
    return count;
  }

  long i64(String what) throws IOException {
    return bigEndian(8, what);
  }

  boolean bool(String what) throws IOException {
    long start = offset();
    int value = (int) bigEndian(1, what);
    require(value == 0 || value == 1, start, what + ", 0 or 1", value);
    return value == 1;
  }

  /** Ten bytes at most; the last of ten may hold the 64th bit only. */
  long varint(String what) throws IOException {
    long start = offset();
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = next(start, what);
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return checked(value, shift < 63 || part <= 1, start, what);
      }
    }
    throw fault(start, what + " in at most 10 bytes", "more");
  }

  private long checked(long value, boolean fits, long start, String what) {
    if (!fits) {
      throw fault(start, what + " in 64 bits", "more");
    }
    return value;
  }

  /**
   * Phones write what Java calls modified UTF-8, the description of the format says UTF-8; they
   * differ for emoji.
   */
  String text(String what) throws IOException {
    long start = offset();
    int length = (int) bigEndian(2, "length of " + what);
    require(length <= MAX_TEXT, start, what + " of at most " + MAX_TEXT + " bytes", length);
    byte[] bytes = new byte[length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next(start, what);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return modifiedText(bytes, start, what);
    }
  }

  private String modifiedText(byte[] bytes, long start, String what) throws IOException {
    ByteBuffer framed = ByteBuffer.allocate(2 + bytes.length);
    framed.putShort((short) bytes.length).put(bytes);
    try (DataInputStream text = new DataInputStream(new ByteArrayInputStream(framed.array()))) {
      return text.readUTF();
    } catch (UTFDataFormatException e) {
      throw fault(start, what + " in UTF-8", "other bytes");
    }
  }

  /** SHA-256 of the whole file, in hexadecimal digits; refuses a file that goes on. */
  String digestAtEnd() throws IOException {
    if (at < end || fill()) {
      throw fault(offset(), "the end of the file", "more bytes");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private long bigEndian(int bytes, String what) throws IOException {
    long start = offset();
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | next(start, what);
    }
    return value;
  }

  private int next(long start, String what) throws IOException {
    if (at == end && !fill()) {
      throw fault(start, what, "the end of the file at byte " + offset());
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    base += end;
    at = 0;
    end = Math.max(0, in.read(buffer));
    digest.update(buffer, 0, end);
    return end > 0;
  }
}
