package org.uidnet.programs.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Reads the types of a BTF blob. A type is a header of three words (name, kind and count, size or
 * type id) and what its kind adds. Knows all kinds up to Linux 6.18.
 */
final class BtfReader {
  private static final int MAGIC = 0xeb9f;
  private static final int MIN_HEADER = 24;
  private static final int TYPE_HEADER = 12;

  /** Kinds in the order of their numbers. */
  private enum Kind {
    VOID,
    INT,
    PTR,
    ARRAY,
    STRUCT,
    UNION,
    ENUM,
    FWD,
    TYPEDEF,
    VOLATILE,
    CONST,
    RESTRICT,
    FUNC,
    FUNC_PROTO,
    VAR,
    DATASEC,
    FLOAT,
    DECL_TAG,
    TYPE_TAG,
    ENUM64;

    private static final Kind[] ALL = values();
  }

  private final Region types;
  private final Region strings;
  private final int typesAt;

  /** Where the next type begins, or what its kind adds to the header of the present one. */
  private long at;

  private BtfReader(Region types, Region strings, int typesAt) {
    this.types = types;
    this.strings = strings;
    this.typesAt = typesAt;
  }

  /** The types by id; void is the first. */
  static List<BtfType> read(byte[] blob) {
    Region all = Region.of("BTF", blob);
    all.require(all.u16(0) == MAGIC, 0, "magic 0xeb9f in little-endian order");
    all.require(all.u8(2) == 1, 2, "version 1");
    long header = all.u32(4);
    all.require(header >= MIN_HEADER, 4, "a header of 24 bytes or more");
    long typesAt = header + all.u32(8);
    Region types = all.slice("BTF types", typesAt, all.u32(12));
    Region strings = all.slice("BTF strings", header + all.u32(16), all.u32(20));
    return new BtfReader(types, strings, (int) typesAt).readAll();
  }

  private List<BtfType> readAll() {
    List<BtfType> result = new ArrayList<>();
    result.add(new BtfType.Opaque("", "void"));
    while (at < types.size()) {
      result.add(readType());
    }
    return List.copyOf(result);
  }

  private BtfType readType() {
    long start = at;
    String name = strings.string(types.u32(start));
    int info = types.i32(start + 4);
    int size = types.i32(start + 8);
    at = start + TYPE_HEADER;
    Kind kind = kind(info, start);
    int count = info & 0xffff;
    boolean flag = info < 0;
    return switch (kind) {
      case INT -> skipping(4, new BtfType.Scalar(name, Integer.toUnsignedLong(size)));
      case FLOAT -> new BtfType.Scalar(name, Integer.toUnsignedLong(size));
      case PTR -> new BtfType.Pointer(name, size);
      case ARRAY -> skipping(12, new BtfType.Array(name, types.i32(at), types.u32(at + 8)));
      case STRUCT, UNION ->
          new BtfType.Composite(name, Integer.toUnsignedLong(size), members(count, flag));
      case ENUM ->
          new BtfType.Enumeration(
              name, Integer.toUnsignedLong(size), constants(count, 8, value32(flag)));
      case ENUM64 ->
          new BtfType.Enumeration(
              name, Integer.toUnsignedLong(size), constants(count, 12, this::value64));
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> new BtfType.Alias(name, size);
      case VAR -> skipping(4, new BtfType.Variable(name, size, types.i32(at)));
      case DATASEC -> dataSection(name, start, Integer.toUnsignedLong(size), count);
      case FUNC_PROTO -> skipping(8L * count, new BtfType.Opaque(name, "function signature"));
      case DECL_TAG -> skipping(4, new BtfType.Opaque(name, "declaration tag"));
      case FUNC -> new BtfType.Opaque(name, "function");
      case FWD -> new BtfType.Opaque(name, "forward declaration");
      case VOID -> throw types.expected(start + 4, "a kind other than 0");
    };
  }

  private Kind kind(int info, long start) {
    int number = info >>> 24 & 0x1f;
    types.require(number < Kind.ALL.length, start + 4, "a kind up to 19 (ENUM64), found " + number);
    return Kind.ALL[number];
  }

  private BtfType skipping(long length, BtfType type) {
    at += length;
    return type;
  }

  private List<BtfType.Member> members(int count, boolean bitFields) {
    List<BtfType.Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++, at += 12) {
      long position = types.u32(at + 8);
      long bitOffset = bitFields ? position & 0xffffff : position;
      int bits = bitFields ? (int) (position >>> 24) : 0;
      String name = strings.string(types.u32(at));
      members.add(new BtfType.Member(name, types.i32(at + 4), bitOffset, bits));
    }
    return List.copyOf(members);
  }

  private Map<String, Long> constants(int count, int size, LongFunction<Long> value) {
    Map<String, Long> constants = new LinkedHashMap<>();
    for (int i = 0; i < count; i++, at += size) {
      constants.put(strings.string(types.u32(at)), value.apply(at + 4));
    }
    return Collections.unmodifiableMap(constants);
  }

  /** Unsigned unless BTF says otherwise. Compilers before clang 15 never do. */
  private LongFunction<Long> value32(boolean signed) {
    return signed ? where -> (long) types.i32(where) : types::u32;
  }

  private long value64(long where) {
    return types.u32(where) | types.u32(where + 4) << 32;
  }

  private BtfType dataSection(String name, long start, long size, int count) {
    List<BtfType.Placement> variables = new ArrayList<>();
    for (int i = 0; i < count; i++, at += 12) {
      variables.add(new BtfType.Placement(types.i32(at), types.u32(at + 4), types.u32(at + 8)));
    }
    int position = (int) (typesAt + start);
    return new BtfType.DataSection(name, position, size, List.copyOf(variables));
  }
}
