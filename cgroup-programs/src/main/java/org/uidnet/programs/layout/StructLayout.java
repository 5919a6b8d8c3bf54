package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.uidnet.programs.DatapathException;

/**
 * The layout of a C struct, flattened: members of nested structs are named {@code outer.inner}.
 *
 * @param size bytes
 */
public record StructLayout(String name, int size, List<Field> fields) {
  /** One member; {@code size} is that of the whole array where it is one. Both in bytes. */
  public record Field(String name, int offset, int size) {}

  public StructLayout {
    fields = List.copyOf(fields);
  }

  public boolean has(String field) {
    return find(field).isPresent();
  }

  /** Bytes from the start of the struct. */
  public int offset(String field) {
    return find(field)
        .orElseThrow(() -> new IllegalArgumentException("struct " + name + " has no " + field))
        .offset();
  }

  /** Refuses a record that is too short for this struct. */
  void requireWhole(ByteBuffer record) {
    if (record.remaining() < size) {
      throw new DatapathException(
          "cannot read a struct %s: expected %d bytes, found %d"
              .formatted(name, size, record.remaining()));
    }
  }

  /** No stream: each look at a map and each event comes here. */
  private Optional<Field> find(String field) {
    for (Field known : fields) {
      if (known.name().equals(field)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
