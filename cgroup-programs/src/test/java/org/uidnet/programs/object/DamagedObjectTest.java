package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What is said of damaged objects; any damage is {@link ObjectFuzzTest}'s. */
class DamagedObjectTest {
  private static final int LOAD = 1;
  private static final int CALL = 10;

  @Test
  void empty_isNoElfFile() {
    assertDamage(new byte[0]).hasMessage("ELF file, offset 0 of 0: expected 4 more bytes");
  }

  @Test
  void otherFile_isNoElfFile() {
    assertDamage("#!/bin/sh".getBytes(StandardCharsets.US_ASCII))
        .hasMessage("ELF file, offset 0 of 9: expected an ELF file");
  }

  @Test
  void sectionBeyondTheFile_isNamed() {
    int size = ObjectFile.read().length;

    assertDamage(new ObjectFile().move("license", 1L << 40))
        .hasMessage("ELF file, offset 1099511627776 of " + size + ": expected 11 more bytes");
    assertDamage(new ObjectFile().resize("license", -1))
        .hasMessageContaining("expected 18446744073709551615 more bytes");
  }

  @Test
  void licenseWithoutEnd_isNamed() {
    assertDamage(new ObjectFile().resize("license", 4))
        .hasMessage("section license, offset 4 of 4: expected 1 more bytes");
  }

  @Test
  void callIntoTheMiddleOfAFunction_isNamed() {
    ObjectFile file = new ObjectFile();
    int call = firstRelocation(file, "cgroup_skb/ingress", CALL);

    assertDamage(file.putInt("cgroup_skb/ingress", call + 4, 0))
        .hasMessageStartingWith("section .text, offset 8 of ")
        .hasMessageEndingWith("expected the start of a function");
  }

  @Test
  void relocationOfAnotherType_isNamed() {
    assertDamage(new ObjectFile().putInt(".relcgroup/sock_create", 8, 2))
        .hasMessageStartingWith("section cgroup/sock_create, offset ")
        .hasMessageEndingWith("expected a relocation of type 1, found 2");
  }

  @Test
  void relocationOfAnInstructionThatRefersToNothing_isNamed() {
    assertDamage(new ObjectFile().putInt(".relcgroup/sock_create", 0, 0))
        .hasMessageStartingWith("section cgroup/sock_create, offset 0 of ")
        .hasMessageEndingWith("expected a call or a 64-bit load to relocate");
  }

  @Test
  void addressBetweenMaps_isNamed() {
    ObjectFile file = new ObjectFile();
    int load = firstRelocation(file, "cgroup/sock_create", LOAD);

    assertDamage(file.putInt("cgroup/sock_create", load + 4, 4))
        .hasMessageStartingWith("section .maps, offset ")
        .hasMessageEndingWith("expected the start of a map");
  }

  @Test
  void addressOutsideTheConstants_isNamed() {
    ObjectFile file = new ObjectFile();
    MapReference constant =
        file.parse().program("uidnet_ingress").maps().stream()
            .filter(map -> map.valueOffset().isPresent())
            .findFirst()
            .get();

    assertDamage(file.putInt("cgroup_skb/ingress", constant.instruction() * 8 + 4, 16))
        .hasMessage("section .rodata, offset 16 of 16: expected an offset inside the section");
  }

  @Test
  void truncated_isRefused() {
    byte[] object = ObjectFile.read();
    for (int size = 0; size < object.length; size += 61) {
      assertDamage(Arrays.copyOf(object, size));
    }
  }

  private static int firstRelocation(ObjectFile file, String section, int type) {
    ElfFile elf = file.elf();
    return elf.relocations(elf.section(section)).values().stream()
        .filter(relocation -> relocation.type() == type)
        .mapToInt(relocation -> (int) relocation.offset())
        .findFirst()
        .getAsInt();
  }

  private static AbstractThrowableAssert<?, ?> assertDamage(ObjectFile file) {
    return assertThatThrownBy(file::parse).isInstanceOf(ObjectFormatException.class);
  }

  private static AbstractThrowableAssert<?, ?> assertDamage(byte[] object) {
    return assertThatThrownBy(() -> ProgramObject.parse(object))
        .as("%d bytes", object.length)
        .isInstanceOf(ObjectFormatException.class);
  }
}
