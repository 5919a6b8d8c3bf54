package org.uidnet.api;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jdk.net.ExtendedSocketOptions;

/**
 * Peers by {@code SO_PEERCRED} of the JDK, which tells names, not numbers.
 *
 * <p>{@code root} is 0, digits are the UID of a user without a name; other users stay unknown,
 * because a name cannot be turned back into its UID safely. A user whose <em>name</em> is digits
 * must not pass as another UID: OpenJDK's principals have their UID as hash code, so both must
 * agree. That is an implementation detail; where it does not hold, everybody is unknown.
 */
final class JdkPeerCredentials implements PeerCredentials {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");

  @Override
  public OptionalLong uid(SocketChannel channel) {
    try {
      var user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      return uid(user.getName(), user.hashCode());
    } catch (IOException | UnsupportedOperationException e) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong uid(String name, int hashCode) {
    OptionalLong uid = named(name);
    return uid.isPresent() && (int) uid.getAsLong() == hashCode ? uid : OptionalLong.empty();
  }

  private static OptionalLong named(String name) {
    if (name.equals("root")) {
      return OptionalLong.of(0);
    }
    return DIGITS.matcher(name).matches()
        ? OptionalLong.of(Long.parseLong(name))
        : OptionalLong.empty();
  }
}
