package org.uidnet.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the types of problems mean: docs/troubleshooting.md as of this version, or a section. */
final class ProblemEndpoints {
  private static final String PAGE = "troubleshooting.md";

  Answer page(Call call) {
    return StaticFile.of(PAGE);
  }

  Answer section(Call call) {
    String name = call.path().getOrDefault("type", "");
    return section(name)
        .map(text -> Answer.text(StaticFile.PLAIN_TEXT, text.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow(
            () ->
                Refusal.of(
                    ProblemType.NO_SUCH_PATH,
                    "There is no type of problem '%s'; %s lists them."
                        .formatted(name, ProblemType.PATH)));
  }

  /** From its heading to the next one. */
  static Optional<String> section(String name) {
    return Pattern.compile("(?ms)^### " + Pattern.quote(name) + "$.*?(?=^##|\\z)")
        .matcher(read())
        .results()
        .map(MatchResult::group)
        .findFirst();
  }

  /** Read anew each time: who asks for it asks once. */
  private static String read() {
    try (InputStream in = ProblemEndpoints.class.getResourceAsStream(PAGE)) {
      return new String(Objects.requireNonNull(in, PAGE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
