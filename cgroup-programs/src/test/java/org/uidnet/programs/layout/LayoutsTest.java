package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.object.ProgramObject;

/**
 * The committed layouts are those of the committed object. After a rebuild of the object write
 * them:
 *
 * <pre>mvn -pl cgroup-programs test -Dtest=LayoutsTest -Dlayouts.write</pre>
 */
class LayoutsTest {
  private static final Path SOURCE =
      Path.of("src/main/java/org/uidnet/programs/layout/Layouts.java");
  private static final Path HEADER = Path.of("src/main/bpf/layout.h");
  private static final Pattern ENUM = Pattern.compile("(?m)^enum (\\w+) \\{");

  private final ProgramObject object = ProgramObject.load();

  @Test
  void source_isWhatTheObjectGives() throws IOException {
    String generated = LayoutsGenerator.generate(object);
    if (System.getProperty("layouts.write") != null) {
      Files.writeString(SOURCE, generated);
    }

    assertThat(Files.readString(SOURCE))
        .as(
            "Layouts.java is stale: mvn -pl cgroup-programs test -Dtest=LayoutsTest -Dlayouts.write")
        .isEqualTo(generated);
  }

  /** An enum that no map uses is not in BTF: give a field its type. */
  @Test
  void everyEnumOfTheHeader_isGenerated() throws IOException {
    List<String> declared =
        ENUM.matcher(Files.readString(HEADER)).results().map(match -> match.group(1)).toList();

    assertThat(declared).contains("chain_bit", "uid_constants");
    assertThat(object.types().enumNames()).containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void handWrittenConstants_areThoseOfTheHeader() {
    assertThat(SlotId.UID_FOREIGN).isEqualTo(Layouts.UID_FOREIGN).isEqualTo(4_294_967_295L);
  }
}
