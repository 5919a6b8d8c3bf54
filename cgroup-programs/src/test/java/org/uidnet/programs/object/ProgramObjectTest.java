package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the committed object holds; the numbers are the kernel's. */
class ProgramObjectTest {
  private static final int HASH = 1;
  private static final int ARRAY = 2;
  private static final int LPM_TRIE = 11;
  private static final int STACK = 23;
  private static final int SOCKET_STORAGE = 24;
  private static final int RING_BUFFER = 27;
  private static final int NO_PREALLOC = 1;
  private static final int CLONE = 1 << 9;
  private static final int MMAPABLE = 1 << 10;
  private static final int READ_ONLY_PROGRAMS = 1 << 7;

  private static final int EXIT = 0x95;
  private static final int JUMP = 0x05;

  private final ProgramObject object = ProgramObject.load();

  @Test
  void maps_areThoseOfTheHeader() {
    assertThat(object.maps())
        .extracting(
            MapSpec::name,
            MapSpec::type,
            MapSpec::keySize,
            MapSpec::valueSize,
            MapSpec::maxEntries,
            MapSpec::flags)
        .containsExactlyInAnyOrder(
            tuple("control", ARRAY, 4, 192, 1, MMAPABLE),
            tuple("uids", ARRAY, 4, 64, 66_560, MMAPABLE),
            tuple("uid_rows", HASH, 4, 4, 1024, NO_PREALLOC),
            tuple("free_rows", STACK, 0, 4, 1024, 0),
            tuple("slots", ARRAY, 4, 64, 1024, MMAPABLE),
            tuple("slot_keys", ARRAY, 4, 32, 1024, MMAPABLE),
            tuple("slot_index", HASH, 24, 4, 1024, NO_PREALLOC),
            tuple("free_slots", STACK, 0, 4, 1024, 0),
            tuple("namespaces", HASH, 8, 4, 4096, NO_PREALLOC),
            tuple("networks", HASH, 16, 4, 4096, NO_PREALLOC),
            tuple("drops", HASH, 8, 24, 16_384, NO_PREALLOC),
            tuple("events", RING_BUFFER, 0, 0, 262_144, 0),
            tuple("ingress_discard", HASH, 16, 8, 1024, NO_PREALLOC),
            tuple("local_networks", LPM_TRIE, 20, 4, 1024, NO_PREALLOC),
            tuple("blocked_ports", ARRAY, 4, 8, 1024, MMAPABLE),
            tuple("socket_owner", SOCKET_STORAGE, 4, 4, 0, NO_PREALLOC | CLONE),
            tuple("socket_tags", SOCKET_STORAGE, 4, 16, 0, NO_PREALLOC),
            tuple("quotas", ARRAY, 4, 32, 4096, MMAPABLE),
            tuple("traces", RING_BUFFER, 0, 0, 524_288, 0),
            tuple("uidnet.rodata", ARRAY, 4, 16, 1, READ_ONLY_PROGRAMS));
  }

  @Test
  void maps_nameTheirTypes() {
    MapSpec index = object.map("slot_index");

    assertThat(object.types().structLayout(index.btfKeyTypeId()))
        .contains(object.types().structLayout("slot_id"));
    assertThat(object.types().structLayout(index.btfValueTypeId())).isEmpty();
    assertThat(object.types().size(index.btfValueTypeId())).isEqualTo(4);
  }

  @Test
  void stacks_haveNoTypes() {
    assertThat(object.map("free_slots"))
        .extracting(MapSpec::btfKeyTypeId, MapSpec::btfValueTypeId)
        .containsExactly(0, 0);
  }

  @Test
  void constants_haveTheTypeOfTheirSection() {
    MapSpec map = object.map("uidnet.rodata");

    assertThat(map.btfKeyTypeId()).isZero();
    assertThat(object.types().dataSection(map.btfValueTypeId()).name()).isEqualTo(".rodata");
  }

  @Test
  void programs_knowTheirHooks() {
    assertThat(object.programs())
        .extracting(
            ProgramSpec::name, ProgramSpec::section, ProgramSpec::type, ProgramSpec::attachType)
        .containsExactlyInAnyOrder(
            tuple("uidnet_ingress", "cgroup_skb/ingress", 8, 0),
            tuple("uidnet_egress", "cgroup_skb/egress", 8, 1),
            tuple("uidnet_create", "cgroup/sock_create", 9, 2),
            tuple("uidnet_bind4", "cgroup/bind4", 18, 8),
            tuple("uidnet_bind6", "cgroup/bind6", 18, 9),
            tuple("uidnet_connect4", "cgroup/connect4", 18, 10),
            tuple("uidnet_connect6", "cgroup/connect6", 18, 11));
  }

  @Test
  void program_usesTheMapsOfItsFunctions() {
    assertThat(object.program("uidnet_bind4").maps())
        .extracting(MapReference::map)
        .containsExactlyInAnyOrder("control", "blocked_ports", "drops", "drops", "drops", "events");
  }

  /** From judge on they are called by other functions, not by the program. */
  @Test
  void program_bringsTheFunctionsItCalls_eachOnce() {
    ProgramSpec ingress = object.program("uidnet_ingress");
    List<String> functions =
        List.of(
            "recorded_uid",
            "find_row",
            "special_packet",
            "find_slot",
            "count_segments",
            "judge",
            "find_payer",
            "is_over_quota",
            "refuse_packet",
            "trace_packet",
            "use_quotas",
            "make_slot",
            "uid_overflow_slot",
            "describe_packet",
            "read_headers");
    List<Integer> starts = new ArrayList<>();
    int end = length("uidnet_ingress");
    for (String function : functions) {
      starts.add(end);
      end += length(function);
    }

    assertThat(callTargets(ingress)).containsExactlyElementsOf(starts);
    assertThat(ingress.instructions().size() / 8).isEqualTo(end);
  }

  /** No function runs on into the next one. */
  @Test
  void everyFunction_endsWithExitOrJump() {
    ProgramSpec egress = object.program("uidnet_egress");
    ByteBuffer code = egress.instructions().buffer();
    TreeSet<Integer> ends = callTargets(egress);
    ends.add(code.capacity() / 8);

    assertThat(ends).allSatisfy(end -> assertThat(code.get((end - 1) * 8) & 0xff).isIn(EXIT, JUMP));
  }

  @Test
  void mapReferences_coverAppendedFunctions() {
    List<MapReference> maps = object.program("uidnet_ingress").maps();

    // Only functions of .text use these.
    assertThat(maps)
        .extracting(MapReference::map)
        .contains("free_slots", "free_rows", "slot_index");
    assertThat(maps)
        .filteredOn(map -> map.map().equals("uidnet.rodata"))
        .allSatisfy(map -> assertThat(map.valueOffset()).isPresent());
  }

  @Test
  void link_writesDescriptorsOnly() {
    ProgramSpec create = object.program("uidnet_create");

    int at = create.maps().get(0).instruction();

    ByteBuffer linked = buffer(create.link(map -> map.length()));

    assertThat(linked.getInt(at * 8 + 4)).isEqualTo("control".length());
    assertThat(linked.get(at * 8 + 1) >> 4).isEqualTo(1);
    assertThat(linked.getInt(at * 8 + 12)).isZero();
    ByteBuffer open = create.instructions().buffer();
    assertThat(linked.slice(0, at * 8)).isEqualTo(open.slice(0, at * 8));
  }

  @Test
  void link_constants_loadsAnAddressInTheValue() {
    ProgramSpec ingress = object.program("uidnet_ingress");
    MapReference reference =
        ingress.maps().stream().filter(map -> map.map().equals("uidnet.rodata")).findFirst().get();

    ByteBuffer linked = buffer(ingress.link(map -> 9));

    int at = reference.instruction() * 8;
    assertThat(linked.get(at) & 0xff).isEqualTo(0x18);
    assertThat(linked.get(at + 1) >> 4).isEqualTo(2);
    assertThat(linked.getInt(at + 4)).isEqualTo(9);
    assertThat(linked.getInt(at + 12)).isEqualTo(reference.valueOffset().getAsInt());
  }

  @Test
  void license_isOurs() {
    assertThat(object.license()).isEqualTo("Apache-2.0");
  }

  @Test
  void hash_isOfTheWholeFile() {
    byte[] longer = Arrays.copyOf(ObjectFile.read(), ObjectFile.read().length + 1);

    assertThat(object.hash()).hasSize(32).isEqualTo(ProgramObject.parse(ObjectFile.read()).hash());
    assertThat(object.hash()).isNotEqualTo(ProgramObject.parse(longer).hash());
  }

  @Test
  void results_cannotBeChangedThroughArrays() {
    object.btf()[0] = 0;
    object.hash()[0]++;

    assertThat(object.btf()[0]).isEqualTo((byte) 0x9f);
    assertThat(object.hash()).isEqualTo(ProgramObject.load().hash());
  }

  @Test
  void map_unknown_isNamed() {
    assertThatThrownBy(() -> object.map("secrets"))
        .isInstanceOf(ObjectFormatException.class)
        .hasMessage("object: expected a map secrets");
  }

  /** Instructions of a function, by its symbol. */
  private static int length(String function) {
    return ElfFile.parse(ObjectFile.read()).symbols().stream()
        .filter(symbol -> symbol.name().equals(function))
        .mapToInt(symbol -> (int) symbol.size() / 8)
        .findFirst()
        .orElseThrow();
  }

  /** Where the calls of functions of the program lead, by instruction. */
  private static TreeSet<Integer> callTargets(ProgramSpec program) {
    ByteBuffer code = program.instructions().buffer();
    TreeSet<Integer> targets = new TreeSet<>();
    for (int at = 0; at < code.capacity() / 8; at++) {
      if (code.get(at * 8) == (byte) 0x85 && code.get(at * 8 + 1) >> 4 == 1) {
        targets.add(at + 1 + code.getInt(at * 8 + 4));
      }
    }
    return targets;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return Bytes.of(bytes).buffer();
  }
}
