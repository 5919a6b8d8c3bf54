package org.uidnet.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a unix socket: made free before a server binds it, opened to all afterwards. */
public final class SocketFile {
  /** The kernel's 108 less the zero at the end. */
  private static final int MAX_LENGTH = 107;

  private SocketFile() {}

  /** Removes what a killed daemon left; refuses if one lives or if it is no socket. */
  public static void makeWayFor(Path file) throws IOException {
    requireShort(file);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      requireDeadSocket(file);
      Files.delete(file);
    }
  }

  /** Lets every user connect; who they are decides what they may. */
  public static void openToAll(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  private static void requireShort(Path file) throws CannotListenException {
    int length = file.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_LENGTH) {
      throw new CannotListenException(
          "cannot listen on %s: the name has %d bytes, a socket's may have %d; use a shorter --state-dir"
              .formatted(file, length, MAX_LENGTH));
    }
  }

  private static void requireDeadSocket(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isOther()) {
      throw new CannotListenException(
          "cannot listen on " + file + ": a file that is no socket is in the way; remove it");
    }
    if (somebodyAnswers(file)) {
      throw new CannotListenException(
          "another daemon is listening on "
              + file
              + "; stop it (uidnet unload), or run this one with another --state-dir");
    }
  }

  private static boolean somebodyAnswers(Path file) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      return channel.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }
}
