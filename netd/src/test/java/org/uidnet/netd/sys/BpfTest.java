package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.uidnet.netd.testing.KernelTest;

@KernelTest
class BpfTest {
  private static final int HASH = 1;
  private static final int STACK = 23;
  private static final int CGROUP_SKB = 8;
  private static final Bpf.NewProgram PROGRAM =
      new Bpf.NewProgram("uidnet_test", CGROUP_SKB, 1, "Apache-2.0");
  private static final byte[] ONE = {1, 0, 0, 0};
  private static final byte[] TWO = {2, 0, 0, 0};

  @Test
  void hash_updateLookupDelete_followEachOther() {
    try (Fd map = Bpf.createMap(new Bpf.NewMap("uidnet_test", HASH, 4, 4, 8, 0))) {
      assertThat(Bpf.lookup(map, ONE, 4)).isEmpty();
      assertThat(Bpf.firstKey(map, 4)).isEmpty();
      Bpf.update(map, ONE, TWO, Bpf.NOEXIST);
      assertThat(Bpf.lookup(map, ONE, 4)).contains(TWO);
      assertThat(Bpf.firstKey(map, 4)).contains(ONE);
      assertThat(Bpf.nextKey(map, ONE)).isEmpty();
      assertThatThrownBy(() -> Bpf.update(map, ONE, TWO, Bpf.NOEXIST))
          .isInstanceOf(SysException.class)
          .hasMessage("update a key of a map: EEXIST (already there)");
      assertThat(Bpf.lookupAndDelete(map, ONE, 4)).contains(TWO);
      assertThat(Bpf.delete(map, ONE)).isFalse();
    }
  }

  @Test
  void stack_pushAndPop_areLastInFirstOut() {
    try (Fd map = Bpf.createMap(new Bpf.NewMap("uidnet_test", STACK, 0, 4, 8, 0))) {
      assertThat(Bpf.pop(map, 4)).isEmpty();
      Bpf.push(map, ONE);
      Bpf.push(map, TWO);
      assertThat(Bpf.pop(map, 4)).contains(TWO);
      assertThat(Bpf.pop(map, 4)).contains(ONE);
    }
  }

  @Test
  void mapInfo_always_saysWhatWasMade() {
    try (Fd map = Bpf.createMap(new Bpf.NewMap("uidnet_test", HASH, 4, 8, 16, 1))) {
      MapInfo info = Bpf.mapInfo(map);
      assertThat(info.name()).isEqualTo("uidnet_test");
      assertThat(info.maxEntries()).isEqualTo(16);
      assertThat(info.btfId()).isZero();
      try (Fd again = Bpf.map(info.id()).orElseThrow()) {
        assertThat(Bpf.mapInfo(again)).isEqualTo(info);
      }
      assertThat(Bpf.map(Integer.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void createMap_refused_saysWhichMap() {
    assertThatThrownBy(() -> Bpf.createMap(new Bpf.NewMap("uidnet_test", HASH, 0, 4, 8, 0)))
        .isInstanceOf(SysException.class)
        .hasMessageContaining("name=uidnet_test")
        .hasMessageContaining("EINVAL");
  }

  @Test
  void load_refused_hasTheVerifiersReason() {
    byte[] exitOnly = {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0};
    assertThatThrownBy(() -> Bpf.load(PROGRAM, exitOnly))
        .isInstanceOfSatisfying(
            VerifierException.class,
            e -> {
              assertThat(e).hasMessageContaining("uidnet_test").hasMessageContaining("R0 !read_ok");
              assertThat(e.errno()).isEqualTo(Errno.EACCES);
              assertThat(e.log()).contains("processed 1 insns");
            });
  }

  @Test
  void testRun_passingProgram_answersItsResult() {
    byte[] pass = {(byte) 0xb7, 0, 0, 0, 1, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};
    try (Fd program = Bpf.load(PROGRAM, pass)) {
      assertThat(Bpf.programInfo(program).name()).isEqualTo("uidnet_test");
      Bpf.TestRun run = Bpf.testRun(program, new byte[64], 1000);
      assertThat(run.result()).isEqualTo(1);
      assertThat(run.nanoseconds()).isBetween(0, 1_000_000);
    }
  }
}
