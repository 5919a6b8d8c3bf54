package org.uidnet.programs.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of the committed object, for tests that damage them. */
final class ObjectFile {
  static final Path PATH = Path.of("src/main/resources/org/uidnet/programs/uidnet.bpf.o");

  private final ByteBuffer bytes = ByteBuffer.wrap(read()).order(ByteOrder.LITTLE_ENDIAN);
  private final ElfFile elf = ElfFile.parse(bytes.array());

  static byte[] read() {
    try {
      return Files.readAllBytes(PATH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ElfFile elf() {
    return elf;
  }

  /** Overwrites 32 bits of a section. */
  ObjectFile putInt(String section, int at, int value) {
    bytes.putInt(header(section, 24) + at, value);
    return this;
  }

  /** Overwrites the size of a section. */
  ObjectFile resize(String section, long size) {
    bytes.putLong(sectionHeader(section) + 32, size);
    return this;
  }

  /** Overwrites where a section begins in the file. */
  ObjectFile move(String section, long offset) {
    bytes.putLong(sectionHeader(section) + 24, offset);
    return this;
  }

  ProgramObject parse() {
    return ProgramObject.parse(bytes.array());
  }

  private int header(String section, int field) {
    return (int) bytes.getLong(sectionHeader(section) + field);
  }

  private int sectionHeader(String section) {
    return (int) bytes.getLong(40) + elf.section(section).index() * 64;
  }
}
