package org.uidnet.netd.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswdFileTest {
  @Test
  void parse_usualLines() {
    PasswdFile file =
        PasswdFile.parse(
            Stream.of(
                "root:x:0:0:root:/root:/bin/bash", "alice:x:1000:1000:A, B,,:/home/alice:/bin/sh"));

    assertThat(file.names()).isEqualTo(Map.of(0L, "root", 1000L, "alice"));
    assertThat(file.uids()).isEqualTo(Map.of("root", 0L, "alice", 1000L));
  }

  @Test
  void parse_firstLineOfAUidCounts() {
    PasswdFile file =
        PasswdFile.parse(Stream.of("root:x:0:0:::", "toor:x:0:0:::", "root:x:7:7:::"));

    assertThat(file.names()).isEqualTo(Map.of(0L, "root", 7L, "root"));
    assertThat(file.uids()).isEqualTo(Map.of("root", 0L, "toor", 0L));
  }

  @Test
  void parse_skipsWhatItCannotRead() {
    PasswdFile file =
        PasswdFile.parse(
            Stream.of(
                "",
                "# comment:x:5:5",
                "nouid:x::",
                "negative:x:-2:0",
                "huge:x:4294967295:0",
                "longer:x:99999999999:0",
                ":x:6:6",
                "+::::::",
                "ok:x:4294967294:0"));

    assertThat(file.names()).containsExactly(Map.entry(4294967294L, "ok"));
  }
}
