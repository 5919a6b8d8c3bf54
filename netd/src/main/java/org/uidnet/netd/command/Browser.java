package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/** The caller's browser. It is shown a page only where somebody sits before a screen. */
final class Browser {
  private static final String PAGE = "uidnet-open.html";

  private final Context context;

  Browser(Context context) {
    this.context = context;
  }

  /**
   * Shows the page, where that is possible; who is root is shown none, for no browser should run as
   * root.
   *
   * @return whether it was tried
   */
  boolean show(String url) throws IOException {
    Optional<Path> opener = opener();
    Optional<Path> folder = environment("XDG_RUNTIME_DIR").map(Path::of).filter(Files::isDirectory);
    if (!isLookedAt() || opener.isEmpty() || folder.isEmpty()) {
      return false;
    }
    start(opener.get(), write(folder.get(), url));
    return true;
  }

  private boolean isLookedAt() {
    return context.terminal()
        && context.uid() != 0
        && (environment("DISPLAY").isPresent() || environment("WAYLAND_DISPLAY").isPresent());
  }

  private Optional<Path> opener() {
    return Stream.of(environment("PATH").orElse("").split(":", -1))
        .map(folder -> Path.of(folder, "xdg-open"))
        .filter(Path::isAbsolute)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * A page of the user's own that leads on to the URL: the arguments of a process are everybody's
   * to read, and the code in the URL is not.
   */
  private static Path write(Path folder, String url) throws IOException {
    Path page = folder.resolve(PAGE);
    Files.deleteIfExists(page);
    Files.createFile(
        page, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        page, "<meta http-equiv=\"refresh\" content=\"0; url=%s\">uidnet\n".formatted(url));
  }

  private static void start(Path opener, Path page) throws IOException {
    new ProcessBuilder(opener.toString(), page.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Optional<String> environment(String name) {
    return Optional.ofNullable(context.environment().get(name)).filter(value -> !value.isEmpty());
  }
}
