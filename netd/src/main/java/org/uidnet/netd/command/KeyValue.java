package org.uidnet.netd.command;

import java.util.Locale;

/** A word such as {@code device-idle=on}. */
record KeyValue(String key, String value) {
  /**
   * @param example of such a word, for who wrote another
   */
  static KeyValue of(String word, String example) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      throw badUsage("'" + Text.plain(word) + "' is no KEY=VALUE; write " + example);
    }
    return new KeyValue(word.substring(0, equals), word.substring(equals + 1));
  }

  boolean isOn() {
    return isOn(value);
  }

  static boolean isOn(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default -> throw badUsage("'" + Text.plain(value) + "' is neither on nor off");
    };
  }

  private static CommandException badUsage(String message) {
    return new CommandException(ExitCode.BAD_USAGE, message);
  }
}
