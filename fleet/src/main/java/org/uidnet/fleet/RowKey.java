package org.uidnet.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.uidnet.stats.UsageKey;

/**
 * What tells rows of a bucket apart, in 128 bits: the same for the same key on any host, in any
 * boot. Of a digest that nobody can make collide, since names of interfaces and networks are
 * others' to choose.
 */
final class RowKey {
  private static final int ABSENT = -1;

  private RowKey() {}

  /** Of everything but the UID's name, which is only what it is called. */
  static UUID of(UsageKey key) {
    MessageDigest digest = sha256();
    parts(key).forEach(part -> add(digest, part));
    ByteBuffer sum = ByteBuffer.wrap(digest.digest());
    return new UUID(sum.getLong(), sum.getLong());
  }

  private static List<Optional<?>> parts(UsageKey key) {
    return List.of(
        Optional.of(key.kind()),
        key.uid(),
        key.tag(),
        key.set(),
        key.iface(),
        key.type(),
        key.network(),
        key.metered(),
        key.roaming(),
        key.defaultNetwork());
  }

  /** Each part with its length, so that no two lists of parts look alike. */
  private static void add(MessageDigest digest, Optional<?> part) {
    byte[] bytes = part.map(String::valueOf).orElse("").getBytes(StandardCharsets.UTF_8);
    int length = part.isPresent() ? bytes.length : ABSENT;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
