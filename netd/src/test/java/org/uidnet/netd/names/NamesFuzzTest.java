package org.uidnet.netd.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Files that name UIDs: whatever the text is, each reader copes with it, and names only UIDs that
 * there can be, by names that are some.
 */
class NamesFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;
  private static final long LAST_UID = 4_294_967_294L;

  NamesFuzzTest() {
    super("names", 1000, NamesFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(new String(input, StandardCharsets.UTF_8)));
  }

  private static void check(String text) {
    PasswdFile users = PasswdFile.parse(text.lines());
    assertThat(users.names().keySet()).allMatch(NamesFuzzTest::isUid);
    assertThat(users.names().values()).doesNotContain("");
    assertThat(users.uids().values()).allMatch(NamesFuzzTest::isUid);
    GroupFile groups = GroupFile.parse(text.lines());
    assertThat(groups.groups().values()).allMatch(group -> !group.members().contains(""));
    PackagesFile packages = PackagesFile.parse(text.lines());
    SubUidFile ranges = SubUidFile.parse(text.lines());
    for (long uid : new long[] {0, 1000, 100_000, 199_999, LAST_UID}) {
      assertThat(packages.name(uid)).isNotEqualTo(Optional.of(""));
      assertThat(ranges.name(uid, owner -> owner)).isNotEqualTo(Optional.of(""));
    }
  }

  private static boolean isUid(long number) {
    return number >= 0 && number <= LAST_UID;
  }
}
