package org.uidnet.netd.command;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uidnet.netd.doctor.Bundle;
import org.uidnet.netd.doctor.Bundle.Missing;
import org.uidnet.netd.doctor.Finding;

/** What {@code doctor} tells a person. */
final class DoctorText {
  private static final int NAME_COLUMNS = 18;

  private final PrintWriter out;
  private final Style style;

  DoctorText(Context context) {
    out = context.out();
    style = context.style();
  }

  void findings(List<Finding> findings) {
    out.println("What is well, and what needs attention");
    findings.stream().map(finding -> lines(finding, style)).forEach(out::print);
    out.println();
    out.flush();
  }

  /** The same as text for the bundle. */
  static String plain(List<Finding> findings) {
    return findings.stream().map(finding -> lines(finding, Style.PLAIN)).collect(joining());
  }

  private static String lines(Finding finding, Style style) {
    String name = Text.padRight(finding.name(), NAME_COLUMNS);
    String text = Text.plain(finding.text());
    return finding
        .remedy()
        .map(
            remedy -> "  ✘ %s%s\n    %s\n".formatted(name, style.warning(text), Text.plain(remedy)))
        .orElseGet(() -> "  ✔ %s%s\n".formatted(name, text));
  }

  void bundle(Bundle bundle, Path file) {
    out.println("Wrote " + file + ", which only its owner may read. In it");
    bundle.entries().forEach(entry -> row(entry.name(), entry.about()));
    leftOut(bundle.missing());
    out.println();
    out.println(
        "Names of people, host and networks, home directories, addresses and secrets stand there as"
            + " words such as user-1f09a2. Look before you send it:");
    out.println("  unzip -p " + file + " | less");
  }

  /** Often one reason holds for many. */
  private void leftOut(List<Missing> missing) {
    Map<String, String> names =
        missing.stream()
            .collect(
                groupingBy(
                    Missing::reason, LinkedHashMap::new, mapping(Missing::name, joining(", "))));
    names.forEach((reason, those) -> out.println("Left out " + those + ": " + Text.plain(reason)));
  }

  private void row(String name, String text) {
    out.println("  " + Text.padRight(name, NAME_COLUMNS) + "  " + Text.plain(text));
  }
}
