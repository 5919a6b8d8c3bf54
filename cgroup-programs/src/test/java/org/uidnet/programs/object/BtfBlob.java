package org.uidnet.programs.object;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes BTF by hand, as the kernel's documentation describes it. */
final class BtfBlob {
  static final int INT = 1;
  static final int PTR = 2;
  static final int ARRAY = 3;
  static final int STRUCT = 4;
  static final int UNION = 5;
  static final int ENUM = 6;
  static final int FWD = 7;
  static final int TYPEDEF = 8;
  static final int VOLATILE = 9;
  static final int CONST = 10;
  static final int RESTRICT = 11;
  static final int FUNC = 12;
  static final int FUNC_PROTO = 13;
  static final int VAR = 14;
  static final int DATASEC = 15;
  static final int FLOAT = 16;
  static final int DECL_TAG = 17;
  static final int TYPE_TAG = 18;
  static final int ENUM64 = 19;

  private static final int HEADER = 24;

  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private int last;

  BtfBlob() {
    strings.write(0);
  }

  /** Adds a type and returns its id. */
  int add(int kind, String name, int count, int sizeOrType, int... rest) {
    return add(false, kind, name, count, sizeOrType, rest);
  }

  int addFlagged(int kind, String name, int count, int sizeOrType, int... rest) {
    return add(true, kind, name, count, sizeOrType, rest);
  }

  private int add(boolean flag, int kind, String name, int count, int sizeOrType, int... rest) {
    write(string(name), (flag ? 1 << 31 : 0) | kind << 24 | count, sizeOrType);
    write(rest);
    return ++last;
  }

  /** The offset of a string. */
  int string(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int at = strings.size();
    strings.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
    return at;
  }

  byte[] bytes() {
    ByteBuffer blob =
        ByteBuffer.allocate(HEADER + types.size() + strings.size()).order(ByteOrder.LITTLE_ENDIAN);
    blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(HEADER);
    blob.putInt(0).putInt(types.size()).putInt(types.size()).putInt(strings.size());
    return blob.put(types.toByteArray()).put(strings.toByteArray()).array();
  }

  Btf parse() {
    return Btf.parse(bytes());
  }

  private void write(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      buffer.putInt(word);
    }
    types.writeBytes(buffer.array());
  }
}
