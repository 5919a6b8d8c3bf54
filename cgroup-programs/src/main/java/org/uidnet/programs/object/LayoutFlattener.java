package org.uidnet.programs.object;

import java.util.ArrayList;
import java.util.List;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.layout.StructLayout.Field;

/**
 * Turns a struct into a flat list of fields: members of nested structs are named {@code
 * outer.inner}, an array is one field. Members of an anonymous struct or union belong to the one
 * around it.
 */
final class LayoutFlattener {
  /** What nobody writes by hand; a damaged type can nest without end. */
  private static final int MAX_DEPTH = 32;

  private static final int MAX_MEMBERS = 100_000;

  private final Btf types;
  private final String where;
  private final long size;
  private final List<Field> fields = new ArrayList<>();
  private int members;

  private LayoutFlattener(Btf types, String where, long size) {
    this.types = types;
    this.where = where;
    this.size = size;
    require(size <= Integer.MAX_VALUE, "a size below 2 GiB");
  }

  static StructLayout flatten(Btf types, BtfType.Composite struct) {
    LayoutFlattener flattener =
        new LayoutFlattener(types, "BTF struct '" + struct.name() + "'", struct.size());
    flattener.addMembers("", 0, struct, 0);
    return flattener.layout(struct.name());
  }

  /** The variables of a section; those of struct type are flattened like any member. */
  static StructLayout flatten(Btf types, BtfType.DataSection section) {
    LayoutFlattener flattener =
        new LayoutFlattener(types, "BTF data section " + section.name(), section.size());
    for (BtfType.Placement placement : section.variables()) {
      BtfType.Variable variable = types.variable(placement.variable());
      flattener.add(variable.name(), placement.offset(), variable.type(), 0);
    }
    return flattener.layout(section.name());
  }

  private StructLayout layout(String name) {
    return new StructLayout(name, (int) size, fields);
  }

  private void addMembers(String prefix, long base, BtfType.Composite struct, int depth) {
    require(depth < MAX_DEPTH, "fewer than " + MAX_DEPTH + " structs inside each other");
    for (BtfType.Member member : struct.members()) {
      String name = join(prefix, member.name());
      require(members++ < MAX_MEMBERS, "fewer than " + MAX_MEMBERS + " members");
      require(member.bits() == 0 && member.bitOffset() % 8 == 0, name + " to be no bit-field");
      add(name, base + member.bitOffset() / 8, member.type(), depth);
    }
  }

  private void add(String name, long offset, int type, int depth) {
    if (types.resolve(type) instanceof BtfType.Composite inner) {
      addMembers(name, offset, inner, depth + 1);
      return;
    }
    int length = types.size(type);
    require(offset + length <= size, name + " to end within " + size + " bytes");
    fields.add(new Field(name, (int) offset, length));
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
  }

  private void require(boolean condition, String expected) {
    if (!condition) {
      throw new ObjectFormatException(where, expected);
    }
  }
}
