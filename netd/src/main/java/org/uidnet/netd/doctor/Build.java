package org.uidnet.netd.doctor;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What exactly runs: version, the jar that it is in, and the commit where that is in a tree. */
public final class Build {
  private static final String REFERENCE = "ref: ";

  private Build() {}

  /**
   * All of it, one fact a line.
   *
   * @param version as the command tells it
   * @throws IOException if the program cannot be read
   */
  public static String of(String version) throws IOException {
    Path program = program();
    return String.join(
        "\n",
        "version  " + version,
        "java     " + System.getProperty("java.vm.name") + " " + Runtime.version(),
        "program  " + program,
        "sha256   " + (Files.isRegularFile(program) ? sha256(program) : "(not a jar)"),
        "commit   " + tree(program).map(Build::commit).orElse("(not in a source tree)"),
        "");
  }

  private static Path program() throws IOException {
    CodeSource source = Build.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the program is at no path: " + source.getLocation(), e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Optional<Path> tree(Path program) {
    Optional<Path> directory = Optional.of(program);
    while (directory.isPresent() && !Files.isDirectory(directory.get().resolve(".git"))) {
      directory = Optional.ofNullable(directory.get().getParent());
    }
    return directory;
  }

  /** Read, not asked of git: as root it would obey the configuration of whoever owns the tree. */
  static String commit(Path tree) {
    Path git = tree.resolve(".git");
    try {
      String head = Files.readString(git.resolve("HEAD")).strip();
      return head.startsWith(REFERENCE) ? reference(git, head.substring(REFERENCE.length())) : head;
    } catch (IOException e) {
      return "(" + HostRoot.reason(e) + ")";
    }
  }

  private static String reference(Path git, String name) throws IOException {
    Path file = git.resolve(name);
    if (Files.exists(file)) {
      return Files.readString(file).strip() + " on " + name;
    }
    List<String> packed = Files.readAllLines(git.resolve("packed-refs"));
    return packed.stream().filter(line -> line.endsWith(" " + name)).findFirst().orElse(name);
  }
}
