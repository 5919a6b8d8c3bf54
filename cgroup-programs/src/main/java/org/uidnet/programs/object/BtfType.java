package org.uidnet.programs.object;

import java.util.List;
import java.util.Map;

/** One BTF type. Other types are named by id; id 0 is void. */
sealed interface BtfType {
  String name();

  /** An integer or a floating-point number. */
  record Scalar(String name, long size) implements BtfType {}

  record Pointer(String name, int target) implements BtfType {}

  record Array(String name, int element, long count) implements BtfType {}

  /** A struct or a union. */
  record Composite(String name, long size, List<Member> members) implements BtfType {}

  /**
   * A member of a struct or a union.
   *
   * @param bitOffset from the start of the struct
   * @param bits width of a bit-field, 0 for any other member
   */
  record Member(String name, int type, long bitOffset, int bits) {}

  /** An enum of 32 or 64 bits; its constants in the order of the source. */
  record Enumeration(String name, long size, Map<String, Long> constants) implements BtfType {}

  /** Another name for a type, or a type with a qualifier or tag. */
  record Alias(String name, int target) implements BtfType {}

  record Variable(String name, int type, int linkage) implements BtfType {
    static final int GLOBAL = 1;
  }

  /**
   * The variables of one ELF section.
   *
   * @param at where the type begins in the BTF blob
   */
  record DataSection(String name, int at, long size, List<Placement> variables)
      implements BtfType {}

  /** Where a variable lies in its section. */
  record Placement(int variable, long offset, long size) {}

  /** A type without a size: void, a forward declaration, a function, its signature, a tag. */
  record Opaque(String name, String kind) implements BtfType {}
}
