package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Command lines, one word a line, read but not executed: whatever the words are, the command is
 * understood, or says in text that steers no terminal what is wrong (2). So does each reader of
 * single words, and what it takes is within its limits.
 */
class WordsFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 64;
  private static final long LAST_UID = 4_294_967_294L;
  private static final long LAST_TAG = 0xffff_ffffL;

  private static final StringWriter SAID = new StringWriter();
  private static final Context CONTEXT = context(new PrintWriter(SAID, true));
  private static final Map<String, ?> COMMANDS = Uidnet.commands(CONTEXT);

  /** Each is made once, which takes longer than all else. */
  private static final Map<String, CommandLine> LINES = new HashMap<>();

  WordsFuzzTest() {
    super("words", 300, WordsFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    List<String> words = new String(input, StandardCharsets.UTF_8).lines().toList();
    if (!words.isEmpty() && !namesAFile(words)) {
      Effort.limited(MEGABYTES, () -> check(words));
    }
  }

  /** What is in a file is another target's matter, and some files have no end. */
  private static boolean namesAFile(List<String> words) {
    return words.stream().anyMatch(word -> word.startsWith("@") || word.startsWith("--config"));
  }

  private static void check(List<String> words) {
    if (COMMANDS.containsKey(words.get(0))) {
      checkLine(words.toArray(String[]::new));
    }
    checkReaders(words.get(words.size() - 1));
  }

  private static void checkLine(String[] words) {
    SAID.getBuffer().setLength(0);
    int code = LINES.computeIfAbsent(words[0], WordsFuzzTest::line).execute(words);
    String said = SAID.toString();
    assertThat(code).as(said).isIn(ExitCode.OK, ExitCode.BAD_USAGE);
    assertThat(said.isEmpty()).isEqualTo(code == ExitCode.OK);
    assertThat(said).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
  }

  private static CommandLine line(String command) {
    CommandLine line = Uidnet.commandLineFor(new String[] {command}, CONTEXT);
    return line.setExecutionStrategy(
        called -> {
          Settings.requireNoMistake(called);
          return ExitCode.OK;
        });
  }

  private static Context context(PrintWriter out) {
    Path nowhere = Path.of("/nowhere");
    HostUidNames.Files noFiles =
        new HostUidNames.Files(nowhere, nowhere, nowhere, nowhere, Optional.empty());
    return new Context(
        out, out, false, Map.of(), Clock.systemUTC(), new HostUidNames(noFiles), 1000);
  }

  private static void checkReaders(String word) {
    read(new ByteCount(), word).ifPresent(bytes -> assertThat(bytes).isNotNegative());
    read(new Durations(), word)
        .ifPresent(time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ZERO));
    read(new PollInterval(), word)
        .ifPresent(
            time -> assertThat(time).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5)));
    read(new UidNumber(), word).ifPresent(uid -> assertThat(uid).isBetween(0L, LAST_UID));
    read(new TagNumber(), word).ifPresent(tag -> assertThat(tag).isBetween(0L, LAST_TAG));
    read(new WholeNumber.Percent(), word).ifPresent(part -> assertThat(part).isBetween(0, 100));
    read(new HttpAddress.Converter(), word);
    read(new ServiceList.Converter(), word);
    read(new TunnelList(), word);
  }

  private static <T> Optional<T> read(ITypeConverter<T> reader, String word) {
    try {
      return Optional.of(reader.convert(word));
    } catch (TypeConversionException e) {
      assertThat(e).hasMessageMatching("(?s).*\\w.*");
      return Optional.empty();
    } catch (Exception e) {
      throw new AssertionError(reader + " of '" + word + "'", e);
    }
  }
}
