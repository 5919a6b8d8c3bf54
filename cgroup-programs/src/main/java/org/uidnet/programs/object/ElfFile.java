package org.uidnet.programs.object;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A relocatable 64-bit little-endian ELF file for BPF: its sections, symbols and relocations. */
final class ElfFile {
  /** Symbol type: a function. */
  static final int FUNCTION = 2;

  private static final int MAGIC = 0x464c457f;
  private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
  private static final int TYPE_RELOCATABLE = 1;
  private static final int MACHINE_BPF = 247;
  private static final int SECTION_HEADER_SIZE = 64;
  private static final int SYMBOL_SIZE = 24;
  private static final int RELOCATION_SIZE = 16;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_NOBITS = 8;
  private static final int SHT_REL = 9;
  private static final int SHF_EXECINSTR = 4;

  /** A section; one without bytes in the file, such as .bss, is empty here. */
  record Section(int index, String name, int type, long flags, int link, int info, Region content) {
    boolean isExecutable() {
      return (flags & SHF_EXECINSTR) != 0 && content.size() > 0;
    }
  }

  /** A symbol; {@code value} is its offset in the section with that index. */
  record Symbol(String name, int type, int section, long value, long size) {}

  /** What the bytes at {@code offset} of a section refer to. */
  record Relocation(long offset, int type, Symbol symbol) {}

  private final Region file;
  private final List<Section> sections;
  private final List<Symbol> symbols;

  private ElfFile(Region file) {
    this.file = file;
    this.sections = readSections();
    this.symbols = readSymbols();
  }

  static ElfFile parse(byte[] bytes) {
    Region file = Region.of("ELF file", bytes);
    file.require(file.i32(0) == MAGIC, 0, "an ELF file");
    file.require(file.u16(4) == CLASS_64_LITTLE_ENDIAN, 4, "64 bits, little-endian");
    file.require(file.u16(16) == TYPE_RELOCATABLE, 16, "a relocatable file");
    file.require(file.u16(18) == MACHINE_BPF, 18, "machine BPF");
    return new ElfFile(file);
  }

  List<Section> sections() {
    return sections;
  }

  List<Symbol> symbols() {
    return symbols;
  }

  Optional<Section> find(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  Section section(String name) {
    return find(name).orElseThrow(() -> new ObjectFormatException("ELF file", "a section " + name));
  }

  /** The section in which a symbol lies. */
  Section sectionOf(Symbol symbol) {
    if (symbol.section() <= 0 || symbol.section() >= sections.size()) {
      throw new ObjectFormatException(
          "symbol '" + symbol.name() + "'", "a definition in a section, found none");
    }
    return sections.get(symbol.section());
  }

  /** Relocations of a section by offset. */
  NavigableMap<Long, Relocation> relocations(Section target) {
    NavigableMap<Long, Relocation> relocations = new TreeMap<>();
    sections.stream()
        .filter(section -> section.type() == SHT_REL && section.info() == target.index())
        .flatMap(section -> readRelocations(section).stream())
        .forEach(relocation -> relocations.put(relocation.offset(), relocation));
    return relocations;
  }

  private List<Section> readSections() {
    long headers = file.i64(40);
    int count = file.u16(60);
    file.require(file.u16(58) == SECTION_HEADER_SIZE, 58, "section headers of 64 bytes");
    Region table = file.slice("section headers", headers, (long) count * SECTION_HEADER_SIZE);
    long namesHeader = (long) file.u16(62) * SECTION_HEADER_SIZE;
    Region names =
        file.slice("section names", table.i64(namesHeader + 24), table.i64(namesHeader + 32));
    List<Section> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(readSection(i, table, names));
    }
    return List.copyOf(result);
  }

  private Section readSection(int index, Region table, Region names) {
    long at = (long) index * SECTION_HEADER_SIZE;
    String name = names.string(table.u32(at));
    int type = table.i32(at + 4);
    long size = type == SHT_NOBITS ? 0 : table.i64(at + 32);
    Region content = file.slice("section " + name, size == 0 ? 0 : table.i64(at + 24), size);
    return new Section(
        index, name, type, table.i64(at + 8), table.i32(at + 40), table.i32(at + 44), content);
  }

  private List<Symbol> readSymbols() {
    Section section =
        sections.stream()
            .filter(candidate -> candidate.type() == SHT_SYMTAB)
            .findFirst()
            .orElseThrow(() -> new ObjectFormatException("ELF file", "a symbol table"));
    Region table = section.content();
    Region names = linked(section).content();
    List<Symbol> result = new ArrayList<>();
    for (long at = 0; at < table.size(); at += SYMBOL_SIZE) {
      result.add(readSymbol(table, at, names));
    }
    return List.copyOf(result);
  }

  private static Symbol readSymbol(Region table, long at, Region names) {
    return new Symbol(
        names.string(table.u32(at)),
        table.u8(at + 4) & 15,
        table.u16(at + 6),
        table.i64(at + 8),
        table.i64(at + 16));
  }

  private List<Relocation> readRelocations(Section section) {
    Region table = section.content();
    List<Relocation> result = new ArrayList<>();
    for (long at = 0; at < table.size(); at += RELOCATION_SIZE) {
      long symbol = table.u32(at + 12);
      table.require(symbol < symbols.size(), at + 12, "a symbol below " + symbols.size());
      result.add(new Relocation(table.i64(at), table.i32(at + 8), symbols.get((int) symbol)));
    }
    return result;
  }

  private Section linked(Section section) {
    int link = section.link();
    section.content().require(link >= 0 && link < sections.size(), 0, "a link to another section");
    return sections.get(link);
  }
}
