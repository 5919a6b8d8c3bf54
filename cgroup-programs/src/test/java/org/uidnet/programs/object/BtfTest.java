package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.StructLayout.Field;

class BtfTest {
  private final BtfBlob blob = new BtfBlob();
  private final int u32 = blob.add(BtfBlob.INT, "u32", 0, 4, 32);
  private final int u64 = blob.add(BtfBlob.INT, "u64", 0, 8, 64);

  @Test
  void everyKind_isRead() {
    int array = blob.add(BtfBlob.ARRAY, "", 0, 0, u64, u32, 5);
    int struct = blob.add(BtfBlob.STRUCT, "s", 1, 4, blob.string("a"), u32, 0);
    blob.add(BtfBlob.UNION, "u", 1, 8, blob.string("b"), u64, 0);
    blob.add(BtfBlob.ENUM, "e", 1, 4, blob.string("E"), 7);
    int forward = blob.add(BtfBlob.FWD, "f", 0, 0);
    int alias = blob.add(BtfBlob.TYPEDEF, "t", 0, array);
    alias = blob.add(BtfBlob.VOLATILE, "", 0, alias);
    alias = blob.add(BtfBlob.CONST, "", 0, alias);
    alias = blob.add(BtfBlob.RESTRICT, "", 0, alias);
    int signature = blob.add(BtfBlob.FUNC_PROTO, "", 1, u32, blob.string("x"), u32);
    blob.add(BtfBlob.FUNC, "function", 1, signature);
    int variable = blob.add(BtfBlob.VAR, "v", 0, struct, 1);
    blob.add(BtfBlob.DATASEC, ".data", 1, 4, variable, 0, 4);
    int real = blob.add(BtfBlob.FLOAT, "double", 0, 8);
    blob.add(BtfBlob.DECL_TAG, "tag", 0, struct, -1);
    alias = blob.add(BtfBlob.TYPE_TAG, "tag", 0, alias);
    int pointer = blob.add(BtfBlob.PTR, "", 0, forward);
    blob.add(BtfBlob.ENUM64, "e64", 1, 8, blob.string("BIG"), 1, 2);
    Btf types = blob.parse();

    assertThat(types.size(alias)).isEqualTo(40);
    assertThat(types.size(real)).isEqualTo(8);
    assertThat(types.size(pointer)).isEqualTo(8);
    assertThat(types.enumNames()).containsExactly("e", "e64");
    assertThat(types.enumConstants("e64")).containsExactly(entry("BIG", 0x2_0000_0001L));
    assertThat(types.dataSections()).hasSize(1);
    assertThatThrownBy(() -> types.size(forward))
        .hasMessage("BTF type " + forward + ": expected a type with a size");
  }

  @Test
  void enumConstants_areUnsignedUnlessFlagged() {
    blob.add(BtfBlob.ENUM, "plain", 1, 4, blob.string("ALL"), -1);
    blob.addFlagged(BtfBlob.ENUM, "signed", 1, 4, blob.string("MINUS"), -1);
    Btf types = blob.parse();

    assertThat(types.enumConstants("plain")).containsExactly(entry("ALL", 0xffff_ffffL));
    assertThat(types.enumConstants("signed")).containsExactly(entry("MINUS", -1L));
  }

  @Test
  void structLayout_flattensStructsAndKeepsArraysWhole() {
    int inner =
        blob.add(BtfBlob.STRUCT, "", 2, 8, blob.string("x"), u32, 0, blob.string("y"), u32, 32);
    int array = blob.add(BtfBlob.ARRAY, "", 0, 0, inner, u32, 3);
    int typedef = blob.add(BtfBlob.TYPEDEF, "inner_t", 0, inner);
    int id =
        blob.add(
            BtfBlob.STRUCT,
            "outer",
            3,
            48, //
            blob.string("named"),
            typedef,
            0, //
            0,
            inner,
            64, // anonymous: its members are those of the struct
            blob.string("array"),
            array,
            128);

    assertThat(blob.parse().structLayout("outer").fields())
        .containsExactly(
            new Field("named.x", 0, 4),
            new Field("named.y", 4, 4),
            new Field("x", 8, 4),
            new Field("y", 12, 4),
            new Field("array", 16, 24));
    assertThat(blob.parse().structLayout(id)).contains(blob.parse().structLayout("outer"));
    assertThat(blob.parse().structLayout(u32)).isEmpty();
  }

  @Test
  void structLayout_bitField_isRefused() {
    blob.addFlagged(BtfBlob.STRUCT, "flags", 1, 4, blob.string("on"), u32, 1 << 24);

    assertThatThrownBy(() -> blob.parse().structLayout("flags"))
        .hasMessage("BTF struct 'flags': expected on to be no bit-field");
  }

  @Test
  void structLayout_memberBeyondTheEnd_isRefused() {
    blob.add(BtfBlob.STRUCT, "s", 1, 4, blob.string("a"), u64, 0);

    assertThatThrownBy(() -> blob.parse().structLayout("s"))
        .hasMessage("BTF struct 's': expected a to end within 4 bytes");
  }

  @Test
  void structLayout_unknown_isNamed() {
    assertThatThrownBy(() -> blob.parse().structLayout("nothing"))
        .isInstanceOf(ObjectFormatException.class)
        .hasMessage("BTF: expected a struct nothing");
  }

  @Test
  void endlessTypes_areRefused() {
    int typedef = blob.add(BtfBlob.TYPEDEF, "t", 0, 3);
    int array = blob.add(BtfBlob.ARRAY, "", 0, 0, 4, u32, 1);
    blob.add(BtfBlob.STRUCT, "s", 1, 4, blob.string("s"), 5, 0);
    Btf types = blob.parse();

    assertThatThrownBy(() -> types.size(typedef)).hasMessageEndingWith("an end to its typedefs");
    assertThatThrownBy(() -> types.size(array)).hasMessageEndingWith("an end to its arrays");
    assertThatThrownBy(() -> types.structLayout("s")).hasMessageContaining("inside each other");
  }

  @Test
  void hugeArray_isRefused() {
    int row = blob.add(BtfBlob.ARRAY, "", 0, 0, u64, u32, -1);
    int table = blob.add(BtfBlob.ARRAY, "", 0, 0, row, u32, Integer.MAX_VALUE);

    assertThatThrownBy(() -> blob.parse().size(table)).isInstanceOf(ObjectFormatException.class);
  }

  @Test
  void idOutOfRange_isNamed() {
    assertThatThrownBy(() -> blob.parse().size(-1))
        .hasMessage("BTF type 4294967295: expected an id below 3");
  }

  @Test
  void unknownKind_isNamed() {
    blob.add(20, "future", 0, 0);

    assertThatThrownBy(blob::parse)
        .hasMessage("BTF types, offset 36 of 44: expected a kind up to 19 (ENUM64), found 20");
  }

  @Test
  void otherBytes_areNoBtf() {
    assertThatThrownBy(() -> Btf.parse(new byte[24]))
        .hasMessage("BTF, offset 0 of 24: expected magic 0xeb9f in little-endian order");
  }

  /** What a new daemon does with the maps of an old one: the kernel returns what was loaded. */
  @Test
  void loadedBlob_describesTheMaps() {
    Btf types = Btf.parse(ProgramObject.load().btf());

    assertThat(types.structLayout("slot_key")).isEqualTo(Layouts.SLOT_KEY);
    assertThat(types.structLayout("control")).isEqualTo(Layouts.CONTROL);
    assertThat(types.enumConstants("slot_state")).containsEntry("SLOT_FREE", 3L);
  }

  @Test
  void patch_givesSectionsTheirSizeAndSortsVariables() {
    Btf types = Btf.parse(ProgramObject.load().btf());

    assertThat(types.dataSections())
        .extracting(BtfType.DataSection::name, BtfType.DataSection::size)
        .containsExactlyInAnyOrder(
            tuple(".maps", sectionSize(".maps")),
            tuple(".rodata", sectionSize(".rodata")),
            tuple("license", sectionSize("license")));
    assertThat(types.dataSection(types.dataSectionId(".maps").get()).variables())
        .extracting(BtfType.Placement::offset)
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(0L);
  }

  private static long sectionSize(String name) {
    return ElfFile.parse(ObjectFile.read()).section(name).content().size();
  }
}
