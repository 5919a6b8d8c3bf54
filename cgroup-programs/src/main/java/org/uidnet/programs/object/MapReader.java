package org.uidnet.programs.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the maps of an object: the variables of {@code .maps}, whose types spell the definition,
 * and the constants of {@code .rodata}. Knows which map an address in these sections means.
 */
final class MapReader {
  private static final String MAPS = ".maps";
  private static final String CONSTANTS = ".rodata";
  private static final String CONSTANTS_MAP = "uidnet.rodata";

  private static final int TYPE_ARRAY = 2;
  private static final int FLAG_READ_ONLY_FOR_PROGRAMS = 1 << 7;

  /** Queue and stack: the kernel refuses to create them with types. */
  private static final Set<Integer> TYPES_WITHOUT_BTF = Set.of(22, 23);

  private final ElfFile elf;
  private final Btf types;
  private final List<MapSpec> specs = new ArrayList<>();
  private final Map<Long, String> names = new HashMap<>();

  MapReader(ElfFile elf, Btf types) {
    this.elf = elf;
    this.types = types;
    types.dataSectionId(MAPS).ifPresent(this::readDefinitions);
    types.dataSectionId(CONSTANTS).ifPresent(this::readConstants);
  }

  List<MapSpec> specs() {
    return List.copyOf(specs);
  }

  /** What an instruction that loads this address refers to. */
  MapReference reference(int instruction, ElfFile.Section section, long offset) {
    return switch (section.name()) {
      case MAPS -> new MapReference(instruction, mapAt(section, offset), OptionalInt.empty());
      case CONSTANTS -> constantAt(instruction, section, offset);
      default ->
          throw new ObjectFormatException(
              "instruction " + instruction,
              "an address in " + MAPS + " or " + CONSTANTS + ", found " + section.name());
    };
  }

  private String mapAt(ElfFile.Section section, long offset) {
    String name = names.get(offset);
    if (name == null) {
      throw section.content().expected(offset, "the start of a map");
    }
    return name;
  }

  private MapReference constantAt(int instruction, ElfFile.Section section, long offset) {
    boolean inside = offset >= 0 && offset < section.content().size();
    section.content().require(inside, offset, "an offset inside the section");
    return new MapReference(instruction, CONSTANTS_MAP, OptionalInt.of((int) offset));
  }

  private void readDefinitions(int id) {
    for (BtfType.Placement placement : types.dataSection(id).variables()) {
      BtfType.Variable variable = types.variable(placement.variable());
      MapSpec spec = new Definition(types, variable).spec();
      specs.add(spec);
      names.put(placement.offset(), spec.name());
    }
  }

  private void readConstants(int id) {
    BtfType.DataSection section = types.dataSection(id);
    Bytes bytes = Bytes.of(elf.section(CONSTANTS).content().toArray());
    elf.section(CONSTANTS)
        .content()
        .require(bytes.size() == section.size(), 0, section.size() + " bytes as BTF says");
    Constants constants = new Constants(LayoutFlattener.flatten(types, section), bytes);
    specs.add(
        new MapSpec(
            CONSTANTS_MAP,
            TYPE_ARRAY,
            Integer.BYTES,
            bytes.size(),
            1,
            FLAG_READ_ONLY_FOR_PROGRAMS,
            0,
            id,
            Optional.of(constants)));
  }

  /**
   * One variable of {@code .maps}: a struct in which {@code __uint} members are pointers to an
   * array whose length is the number, and {@code __type} members are pointers to the type.
   */
  private static final class Definition {
    private final Btf types;
    private final String name;
    private int type;
    private int keySize;
    private int valueSize;
    private int maxEntries;
    private int flags;
    private int keyType;
    private int valueType;

    Definition(Btf types, BtfType.Variable variable) {
      this.types = types;
      this.name = KernelName.checked("map", variable.name());
      types.composite(variable.type()).members().forEach(this::read);
    }

    MapSpec spec() {
      boolean typed = !TYPES_WITHOUT_BTF.contains(type);
      return new MapSpec(
          name,
          type,
          keySize,
          valueSize,
          maxEntries,
          flags,
          typed ? keyType : 0,
          typed ? valueType : 0,
          Optional.empty());
    }

    private void read(BtfType.Member member) {
      int target = types.pointer(member.type()).target();
      switch (member.name()) {
        case "type" -> type = number(target);
        case "map_flags" -> flags = number(target);
        case "max_entries" -> maxEntries = number(target);
        case "key_size" -> keySize = number(target);
        case "value_size" -> valueSize = number(target);
        case "key" -> {
          keyType = target;
          keySize = types.size(target);
        }
        case "value" -> {
          valueType = target;
          valueSize = types.size(target);
        }
        default ->
            throw new ObjectFormatException(
                "map " + name, "no attribute '" + member.name() + "', it is not supported");
      }
    }

    private int number(int array) {
      return (int) types.array(array).count();
    }
  }
}
