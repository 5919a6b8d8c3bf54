package org.uidnet.programs.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Completes what clang leaves open in BTF and the kernel insists on: the size of each data section,
 * the offset of each variable in it, and their order. The rules are libbpf's.
 */
final class BtfPatch {
  /** Sections of external symbols; they have no ELF section to take a size from. */
  private static final Set<String> EXTERN_SECTIONS = Set.of(".kconfig", ".ksyms");

  private static final int SIZE_AT = 8;
  private static final int VARIABLES_AT = 12;
  private static final int VARIABLE_SIZE = 12;

  private final ElfFile elf;
  private final Btf types;
  private final ByteBuffer blob;

  private BtfPatch(ElfFile elf, byte[] blob) {
    this.elf = elf;
    this.types = Btf.parse(blob);
    this.blob = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The object's BTF as the kernel accepts it. */
  static byte[] apply(ElfFile elf) {
    byte[] blob = elf.section(".BTF").content().toArray();
    BtfPatch patch = new BtfPatch(elf, blob);
    patch.types.dataSections().forEach(patch::complete);
    return blob;
  }

  private void complete(BtfType.DataSection section) {
    // A linked object has its sizes and offsets already.
    boolean open = section.size() == 0 && !EXTERN_SECTIONS.contains(section.name());
    if (open) {
      blob.putInt(section.at() + SIZE_AT, sizeOf(section));
    }
    write(
        section.at() + VARIABLES_AT,
        section.variables().stream()
            .map(variable -> open ? placed(variable, section) : variable)
            .sorted(Comparator.comparingLong(BtfType.Placement::offset))
            .toList());
  }

  private int sizeOf(BtfType.DataSection section) {
    int size = elf.section(section.name()).content().size();
    if (size == 0) {
      throw new ObjectFormatException("section " + section.name(), "contents");
    }
    return size;
  }

  /** Only global variables are placed by their symbol; clang knows the offset of static ones. */
  private BtfType.Placement placed(BtfType.Placement placement, BtfType.DataSection section) {
    BtfType.Variable variable = types.variable(placement.variable());
    if (variable.linkage() != BtfType.Variable.GLOBAL) {
      return placement;
    }
    long offset = symbol(variable.name(), section).value();
    return new BtfType.Placement(placement.variable(), offset, placement.size());
  }

  private ElfFile.Symbol symbol(String name, BtfType.DataSection section) {
    int index = elf.section(section.name()).index();
    return elf.symbols().stream()
        .filter(symbol -> symbol.section() == index && symbol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new ObjectFormatException("section " + section.name(), "a symbol " + name));
  }

  private void write(int at, List<BtfType.Placement> variables) {
    for (int i = 0; i < variables.size(); i++) {
      BtfType.Placement variable = variables.get(i);
      blob.putInt(at + i * VARIABLE_SIZE, variable.variable());
      blob.putInt(at + i * VARIABLE_SIZE + 4, (int) variable.offset());
      blob.putInt(at + i * VARIABLE_SIZE + 8, (int) variable.size());
    }
  }
}
