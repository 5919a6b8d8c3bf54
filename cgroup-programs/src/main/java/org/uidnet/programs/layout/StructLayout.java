package org.uidnet.programs.layout;

import java.util.List;

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
    return fields.stream().anyMatch(known -> known.name().equals(field));
  }

  /** Bytes from the start of the struct. */
  public int offset(String field) {
    return fields.stream()
        .filter(known -> known.name().equals(field))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("struct " + name + " has no " + field))
        .offset();
  }
}
