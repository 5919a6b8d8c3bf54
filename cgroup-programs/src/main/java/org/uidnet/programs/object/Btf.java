package org.uidnet.programs.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.programs.layout.StructLayout;

/**
 * The types of the programs and maps, by id and by name.
 *
 * <p>Reads the BTF of an object file and what the kernel returns for the BTF id of a map, so that a
 * daemon can view maps that an older one left behind. Ids that lead nowhere and types that contain
 * themselves give an {@link ObjectFormatException} when they are asked for.
 */
public final class Btf {
  private static final int POINTER_SIZE = 8;

  private final List<BtfType> types;

  private Btf(List<BtfType> types) {
    this.types = types;
  }

  /** Reads a whole BTF blob, header included. */
  public static Btf parse(byte[] blob) {
    return new Btf(BtfReader.read(blob));
  }

  /** The flattened layout of the struct or union with this name. */
  public StructLayout structLayout(String name) {
    return all(BtfType.Composite.class)
        .filter(struct -> struct.name().equals(name))
        .findFirst()
        .map(struct -> LayoutFlattener.flatten(this, struct))
        .orElseThrow(() -> new ObjectFormatException("BTF", "a struct " + name));
  }

  /** The flattened layout of the struct or union with this id; empty if it is another type. */
  public Optional<StructLayout> structLayout(int id) {
    return resolve(id) instanceof BtfType.Composite struct
        ? Optional.of(LayoutFlattener.flatten(this, struct))
        : Optional.empty();
  }

  /** Names of all enums that have one. */
  public List<String> enumNames() {
    return all(BtfType.Enumeration.class)
        .map(BtfType::name)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Constants of an enum by name, in the order of the source. */
  public Map<String, Long> enumConstants(String name) {
    return all(BtfType.Enumeration.class)
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ObjectFormatException("BTF", "an enum " + name))
        .constants();
  }

  /** Bytes that a value of this type takes, at most 2 GiB. */
  public int size(int id) {
    long size = elementCount(id) * elementSize(id);
    require(size <= Integer.MAX_VALUE, id, "a type of less than 2 GiB");
    return (int) size;
  }

  BtfType type(int id) {
    require(id >= 0 && id < types.size(), id, "an id below " + types.size());
    return types.get(id);
  }

  /** The type behind typedefs, qualifiers and tags. */
  BtfType resolve(int id) {
    BtfType type = type(id);
    for (int steps = 0; type instanceof BtfType.Alias alias; steps++) {
      require(steps < types.size(), id, "an end to its typedefs");
      type = type(alias.target());
    }
    return type;
  }

  Stream<BtfType.DataSection> dataSections() {
    return all(BtfType.DataSection.class);
  }

  /** The id of a section's variables, if the section has any. */
  Optional<Integer> dataSectionId(String name) {
    for (int id = 0; id < types.size(); id++) {
      if (types.get(id) instanceof BtfType.DataSection section && section.name().equals(name)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  BtfType.DataSection dataSection(int id) {
    return cast(id, type(id), BtfType.DataSection.class, "a data section");
  }

  BtfType.Variable variable(int id) {
    return cast(id, type(id), BtfType.Variable.class, "a variable");
  }

  BtfType.Composite composite(int id) {
    return cast(id, resolve(id), BtfType.Composite.class, "a struct");
  }

  BtfType.Array array(int id) {
    return cast(id, resolve(id), BtfType.Array.class, "an array");
  }

  BtfType.Pointer pointer(int id) {
    return cast(id, resolve(id), BtfType.Pointer.class, "a pointer");
  }

  private long elementCount(int id) {
    long count = 1;
    BtfType type = resolve(id);
    for (int steps = 0; type instanceof BtfType.Array array; steps++) {
      require(steps < types.size(), id, "an end to its arrays");
      count *= array.count();
      require(count <= Integer.MAX_VALUE, id, "fewer than 2^31 array elements");
      type = resolve(array.element());
    }
    return count;
  }

  private long elementSize(int id) {
    BtfType type = resolve(id);
    // Ends, as elementCount() has come to the end of the same chain.
    while (type instanceof BtfType.Array array) {
      type = resolve(array.element());
    }
    return fixedSize(id, type);
  }

  private static long fixedSize(int id, BtfType type) {
    if (type instanceof BtfType.Scalar scalar) {
      return scalar.size();
    } else if (type instanceof BtfType.Composite struct) {
      return struct.size();
    } else if (type instanceof BtfType.Enumeration enumeration) {
      return enumeration.size();
    } else if (type instanceof BtfType.Pointer) {
      return POINTER_SIZE;
    }
    throw failure(id, "a type with a size");
  }

  private <T extends BtfType> Stream<T> all(Class<T> kind) {
    return types.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static <T extends BtfType> T cast(int id, BtfType type, Class<T> kind, String expected) {
    if (!kind.isInstance(type)) {
      throw failure(id, expected);
    }
    return kind.cast(type);
  }

  private static void require(boolean condition, int id, String expected) {
    if (!condition) {
      throw failure(id, expected);
    }
  }

  private static ObjectFormatException failure(int id, String expected) {
    return new ObjectFormatException("BTF type " + Integer.toUnsignedString(id), expected);
  }
}
