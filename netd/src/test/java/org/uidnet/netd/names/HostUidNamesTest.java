package org.uidnet.netd.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostUidNamesTest {
  @TempDir Path dir;
  private HostUidNames names;

  @BeforeEach
  void makeFiles() throws IOException {
    write("passwd", "root:x:0:0:::\nalice:x:1000:1000:::\n");
    write("group", "root:x:0:\nalice:x:1000:\nkids:x:1009:alice,nobody-here,root\nempty:x:7:\n");
    write("subuid", "1000:100000:65536\n");
    Files.createDirectory(dir.resolve("dynamic"));
    names =
        new HostUidNames(
            new HostUidNames.Files(
                    dir.resolve("passwd"),
                    dir.resolve("group"),
                    dir.resolve("subuid"),
                    dir.resolve("dynamic"),
                    Optional.empty())
                .withPackages(dir.resolve("packages.list")));
  }

  /** Those who are listed, and those whose first group it is. */
  @Test
  void members_ofAGroup() {
    assertThat(names.members("kids")).containsExactly(0L, 1000L);
    assertThat(names.members("alice")).containsExactly(1000L);
    assertThat(names.members("empty")).isEmpty();
    assertThat(names.members("nowhere")).isEmpty();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  @Test
  void name_fromEveryPlace() throws IOException {
    write("packages.list", "org.example 10123 0 x\n");
    write("dynamic/61999", "resolver\n");

    assertThat(names.name(1000)).contains("alice");
    assertThat(names.name(100_999)).contains("alice's container uid 1000");
    assertThat(names.name(61999)).contains("resolver");
    assertThat(names.name(10123)).contains("org.example");
    assertThat(names.name(4242)).isEmpty();
  }

  @Test
  void name_ofADynamicUserByItsLink() throws IOException {
    Files.createSymbolicLink(dir.resolve("dynamic/direct:61200"), Path.of("tunnel"));
    Files.createSymbolicLink(dir.resolve("dynamic/direct:tunnel"), Path.of("61200"));

    assertThat(names.name(61200)).contains("tunnel");
    assertThat(names.uid("tunnel")).contains(61200L);
  }

  @Test
  void name_dynamicUsersOnlyInTheirRange() throws IOException {
    write("dynamic/5000", "impostor");

    assertThat(names.name(5000)).isEmpty();
  }

  @Test
  void name_seesARewrittenFile() throws IOException {
    assertThat(names.name(1001)).isEmpty();

    write("passwd", "bob:x:1001:1001:::\n");

    assertThat(names.name(1001)).contains("bob");
    assertThat(names.name(1000)).isEmpty();
  }

  @Test
  void name_seesAReplacedFileOfTheSameSizeAndTime() throws IOException {
    FileTime time = Files.getLastModifiedTime(dir.resolve("passwd"));
    assertThat(names.name(1000)).contains("alice");

    Path next = write("passwd.new", "root:x:0:0:::\ncarol:x:1000:1000:::\n");
    Files.setLastModifiedTime(next, time);
    Files.move(next, dir.resolve("passwd"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(names.name(1000)).contains("carol");
  }

  @Test
  void name_survivesAMissingFile() throws IOException {
    Files.delete(dir.resolve("passwd"));

    assertThat(names.name(1000)).isEmpty();
    assertThat(names.uid("alice")).isEmpty();
  }

  @Test
  void name_survivesBytesThatAreNoText() throws IOException {
    Files.write(
        dir.resolve("passwd"), "b\u00ff:x:7:7\nc:x:8:8\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(names.name(7)).contains("b\ufffd");
    assertThat(names.name(8)).contains("c");
  }

  @Test
  void uid_ofNamesAndDigits() {
    assertThat(names.uid("alice")).contains(1000L);
    assertThat(names.uid("4294967294")).contains(4294967294L);
    assertThat(names.uid("4294967295")).isEmpty();
    assertThat(names.uid("-1")).isEmpty();
    assertThat(names.uid("nobody-here")).isEmpty();
    assertThat(names.uid("../../etc/passwd")).isEmpty();
  }
}
