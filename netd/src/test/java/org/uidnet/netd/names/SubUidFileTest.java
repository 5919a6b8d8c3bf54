package org.uidnet.netd.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubUidFileTest {
  private static final SubUidFile FILE =
      SubUidFile.parse(
          Stream.of(
              "# who", "alice:100000:65536", "1001:165536:65536", "root:1000000:10", "bad:x:1"));

  @Test
  void name_countsFromOneInRootlessContainers() {
    assertThat(FILE.name(100_999, o -> o)).contains("alice's container uid 1000");
    assertThat(FILE.name(100_000, o -> o)).contains("alice's container uid 1");
    assertThat(FILE.name(165_535, o -> o)).contains("alice's container uid 65536");
  }

  @Test
  void name_countsFromZeroForRoot() {
    assertThat(FILE.name(1_000_000, o -> o)).contains("root's container uid 0");
  }

  @Test
  void name_ownerInDigitsGetsItsName() {
    assertThat(FILE.name(165_536, o -> o.equals("1001") ? "bob" : o))
        .contains("bob's container uid 1");
  }

  @Test
  void name_outsideOfAllRanges() {
    assertThat(FILE.name(99_999, o -> o)).isEmpty();
    assertThat(FILE.name(1_000_010, o -> o)).isEmpty();
  }
}
