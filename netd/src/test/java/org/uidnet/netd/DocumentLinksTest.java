package org.uidnet.netd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents link to files that there are, and to headings in them. */
class DocumentLinksTest {
  private static final Path ROOT = Path.of("..");

  /** The file, which is this one if it is empty, and the heading, if any. */
  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static Stream<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
          pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_leadSomewhere(Path document) {
    LINK.matcher(NamedTests.read(document))
        .results()
        .forEach(link -> assertLeadsSomewhere(document, link));
  }

  private static void assertLeadsSomewhere(Path document, MatchResult link) {
    Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
    assertThat(target).as("%s: %s", document, link.group()).exists();
    if (link.group(2) != null) {
      assertThat(headings(target)).as("%s: %s", document, link.group()).contains(link.group(2));
    }
  }

  /** As they are named in links. */
  private static Set<String> headings(Path document) {
    return HEADING
        .matcher(NamedTests.read(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
