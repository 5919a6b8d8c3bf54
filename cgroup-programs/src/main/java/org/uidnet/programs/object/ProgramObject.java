package org.uidnet.programs.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The compiled programs and their maps as plain data: what is to be created, not what exists.
 * Immutable.
 */
public final class ProgramObject {
  private static final String RESOURCE = "/org/uidnet/programs/uidnet.bpf.o";
  private static final String LIBRARY_SECTION = ".text";

  private final Bytes hash;
  private final Bytes btf;
  private final Btf types;
  private final String license;
  private final List<MapSpec> maps;
  private final List<ProgramSpec> programs;

  private ProgramObject(byte[] object) {
    ElfFile elf = ElfFile.parse(object);
    byte[] patched = BtfPatch.apply(elf);
    hash = Bytes.of(sha256(object));
    btf = Bytes.of(patched);
    types = Btf.parse(patched);
    license = elf.section("license").content().string(0);
    MapReader reader = new MapReader(elf, types);
    maps = reader.specs();
    programs = programs(elf, new Code(elf, reader));
  }

  /** Reads the object that is part of this module. */
  public static ProgramObject load() {
    return parse(resource());
  }

  /** Reads any object; one that is damaged gives an {@link ObjectFormatException}. */
  public static ProgramObject parse(byte[] object) {
    return new ProgramObject(object);
  }

  /** All maps, that of the constants last. */
  public List<MapSpec> maps() {
    return maps;
  }

  public MapSpec map(String name) {
    return maps.stream()
        .filter(map -> map.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ObjectFormatException("object", "a map " + name));
  }

  public List<ProgramSpec> programs() {
    return programs;
  }

  public ProgramSpec program(String name) {
    return programs.stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ObjectFormatException("object", "a program " + name));
  }

  /** The types as the kernel accepts them; ids in {@link MapSpec} are theirs. */
  public byte[] btf() {
    return btf.toArray();
  }

  public Btf types() {
    return types;
  }

  /** The programs' own, as the kernel is told. */
  public String license() {
    return license;
  }

  /** SHA-256 of the object file. */
  public byte[] hash() {
    return hash.toArray();
  }

  private static List<ProgramSpec> programs(ElfFile elf, Code code) {
    return elf.sections().stream()
        .filter(ElfFile.Section::isExecutable)
        .filter(section -> !section.name().equals(LIBRARY_SECTION))
        .flatMap(section -> code.functions(section).stream())
        .map(entry -> ProgramLinker.link(code, entry))
        .toList();
  }

  private static byte[] resource() {
    try (InputStream in = ProgramObject.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ObjectFormatException(RESOURCE, "a resource of this module");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + RESOURCE, e);
    }
  }

  private static byte[] sha256(byte[] object) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(object);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
