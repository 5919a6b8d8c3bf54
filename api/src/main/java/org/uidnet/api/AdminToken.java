package org.uidnet.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/** The secret that makes a TCP caller an admin. Never logged, not even in part. */
final class AdminToken {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final String secret;

  private AdminToken(String secret) {
    this.secret = secret;
  }

  /** Reads the token, or makes one if there is no file. */
  static AdminToken loadOrCreate(Path file) throws IOException {
    removeIfEmpty(file);
    try {
      return create(file);
    } catch (FileAlreadyExistsException e) {
      return load(file);
    }
  }

  /** Takes the same time for every wrong token of a length. */
  boolean matches(String token) {
    return Secret.equal(secret, token);
  }

  private static AdminToken create(Path file) throws IOException {
    String text = Secret.random();
    // CREATE_NEW is O_EXCL: nobody else's file or link is ever written to.
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      out.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    return new AdminToken(text);
  }

  /** A crash between making and writing the file leaves it empty. */
  private static void removeIfEmpty(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == 0) {
      Files.delete(file);
    }
  }

  private static AdminToken load(Path file) throws IOException {
    requirePrivate(file);
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!TEXT.matcher(text).matches()) {
      throw new IOException(file + " holds no token of ours; delete it and a new one is made");
    }
    return new AdminToken(text);
  }

  private static void requirePrivate(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || !OWNER_ONLY.containsAll(attributes.permissions())) {
      throw new IOException(
          file + " may be read by others, so it is no secret; delete it and a new one is made");
    }
    if (!attributes.owner().equals(Files.getOwner(Path.of("/proc/self")))) {
      throw new IOException(
          file + " belongs to " + attributes.owner().getName() + "; delete it to get one of ours");
    }
  }
}
