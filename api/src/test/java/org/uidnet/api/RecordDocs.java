package org.uidnet.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc of records says, so that the OpenAPI document need not say it again. */
final class RecordDocs {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String COMMENT =
      "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*public record %s\\(";
  private static final Pattern PARAMETER =
      Pattern.compile("@param (\\w+) ((?:(?!@param ).)*)", Pattern.DOTALL);

  private RecordDocs() {}

  /** The text before the parameters. */
  static Optional<String> of(Class<?> type) {
    return comment(type).map(text -> plain(text.split("@param", 2)[0])).filter(t -> !t.isEmpty());
  }

  static Optional<String> of(Class<?> type, String component) {
    return comment(type)
        .flatMap(
            text ->
                PARAMETER
                    .matcher(text)
                    .results()
                    .filter(match -> match.group(1).equals(component))
                    .map(match -> plain(match.group(2)))
                    .findFirst());
  }

  private static Optional<String> comment(Class<?> type) {
    Matcher matcher =
        Pattern.compile(COMMENT.formatted(type.getSimpleName()), Pattern.DOTALL)
            .matcher(source(type));
    return matcher.find()
        ? Optional.of(matcher.group(1).replaceAll("(?m)^ *\\* ?", " "))
        : Optional.empty();
  }

  /** Empty for records of other modules. */
  private static String source(Class<?> type) {
    Path file = SOURCES.resolve(type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java");
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\{@(?:code|link) ([^}]*(?:\\{[^}]*\\}[^}]*)*)\\}", "$1")
        .replaceAll("</?p>", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
