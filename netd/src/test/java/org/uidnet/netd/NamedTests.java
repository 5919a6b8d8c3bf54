package org.uidnet.netd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests that there are, as documents name them: {@code Class.method}. */
final class NamedTests {
  private static final Path ROOT = Path.of("..");

  /** Tests in code marks. */
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract)\\.\\w+)`");

  private static final Pattern TEST =
      Pattern.compile("@(?:Test|ParameterizedTest)\\b(?s:.*?)void (\\w+)\\(");

  private NamedTests() {}

  /** Those that a text names. */
  static Stream<String> in(String text) {
    return NAMED.matcher(text).results().map(match -> match.group(1));
  }

  /** Those of all modules. */
  static Set<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/.*(Test|Contract)\\.java"))
          .flatMap(NamedTests::of)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Those of a source file. */
  static Stream<String> of(Path file) {
    String name = String.valueOf(file.getFileName()).replace(".java", "");
    return methods(read(file)).map(method -> name + "." + method);
  }

  /** The test methods of a source. */
  static Stream<String> methods(String source) {
    return TEST.matcher(source).results().map(test -> test.group(1));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
