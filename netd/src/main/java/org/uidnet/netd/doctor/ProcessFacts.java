package org.uidnet.netd.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The daemon as a process: how it was called, what it may do, what it takes. */
public final class ProcessFacts {
  private static final List<String> STATUS =
      List.of("State:", "Vm", "Rss", "Threads:", "Uid:", "Cap", "Seccomp:", "NoNewPrivs:");

  private static final List<String> VARIABLES =
      List.of("UIDNET_", "JAVA_", "JDK_", "MALLOC_", "LANG=", "LC_");

  private final HostRoot host;
  private final String directory;

  private ProcessFacts(HostRoot host, long pid) {
    this.host = host;
    directory = "/proc/" + pid + "/";
  }

  /**
   * All of it, one fact a line.
   *
   * @throws IOException if there is no such process
   */
  public static String of(HostRoot host, long pid) throws IOException {
    return new ProcessFacts(host, pid).text();
  }

  private String text() throws IOException {
    List<String> words = words("cmdline");
    return String.join(
        "\n",
        "words        " + String.join(" ", words),
        "options      " + String.join(" ", options(words)),
        "environment  " + String.join(" ", variables()),
        "descriptors  " + descriptors(),
        "cgroup       " + host.line(directory + "cgroup"),
        "",
        lines("status", STATUS),
        "",
        lines("limits", List.of("Max open files", "Max locked memory", "Max processes")),
        "");
  }

  private List<String> words(String file) throws IOException {
    return List.of(Files.readString(host.at(directory + file)).split("\0"));
  }

  /** What stands in files that are named on the command line. */
  private List<String> options(List<String> words) {
    return words.stream()
        .filter(word -> word.startsWith("@"))
        .flatMap(word -> host.lines(word.substring(1)).stream())
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private List<String> variables() {
    try {
      return words("environ").stream()
          .filter(variable -> VARIABLES.stream().anyMatch(variable::startsWith))
          .toList();
    } catch (IOException e) {
      return List.of("(" + HostRoot.reason(e) + ")");
    }
  }

  private String descriptors() {
    try (Stream<Path> open = Files.list(host.at(directory + "fd"))) {
      return open.count() + " open";
    } catch (IOException | UncheckedIOException e) {
      return "(may not be seen: run it as root)";
    }
  }

  private String lines(String file, List<String> words) {
    return String.join(
        "\n",
        host.lines(directory + file).stream()
            .filter(line -> words.stream().anyMatch(line::startsWith))
            .toList());
  }
}
