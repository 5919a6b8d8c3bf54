package org.uidnet.netd.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The users that systemd makes for services with {@code DynamicUser=yes}: in {@code
 * /run/systemd/dynamic-uid}, a file named by the UID holds the name, and a link {@code
 * direct:<uid>} points to it.
 *
 * <p>Thread-safe: every question is answered from the files.
 */
final class DynamicUsers {
  /** systemd's own range; others never have such a file. */
  private static final long FIRST = 61184;

  private static final long LAST = 65519;
  private static final long LONGEST = 256;

  private final Path directory;

  DynamicUsers(Path directory) {
    this.directory = directory;
  }

  Optional<String> name(long uid) {
    return isDynamic(uid) ? contents(uid).or(() -> target("direct:" + uid)) : Optional.empty();
  }

  /** The link that leads from a name to its UID. */
  Optional<Long> uid(String name) {
    boolean plain = !name.isEmpty() && !name.contains("/");
    return plain ? target("direct:" + name).flatMap(Uids::parse) : Optional.empty();
  }

  private static boolean isDynamic(long uid) {
    return FIRST <= uid && uid <= LAST;
  }

  private Optional<String> contents(long uid) {
    Path file = directory.resolve(Long.toString(uid));
    try {
      if (Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file).strip()).filter(name -> !name.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> target(String link) {
    try {
      return Optional.of(Files.readSymbolicLink(directory.resolve(link)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
