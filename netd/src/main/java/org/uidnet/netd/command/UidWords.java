package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;

/** UIDs as users write and read them: by number or by the host's names. */
final class UidWords {
  private final Context context;

  UidWords(Context context) {
    this.context = context;
  }

  /** The UID of a name, of digits, or {@code self}. */
  long uid(String word) {
    if (word.equals("self")) {
      return context.uid();
    }
    return context
        .names()
        .uid(word)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.BAD_USAGE,
                    "this host has no user '%s'; give its UID in digits, 0 to 4294967294"
                        .formatted(word)));
  }

  /** {@code alice (UID 1000)}. */
  String named(long uid) {
    String name = name(uid);
    return name.isEmpty() ? "UID " + uid : name + " (UID " + uid + ")";
  }

  /** {@code alice (UID 1000)}, where the daemon said how it is called. */
  String named(JsonNode answer) {
    String name = Text.plain(answer.path("name").asText());
    long uid = answer.path("uid").asLong();
    return name.isEmpty() ? "UID " + uid : name + " (UID " + uid + ")";
  }

  /** Its name, or nothing. */
  String name(long uid) {
    return context.names().name(uid).map(Text::plain).orElse("");
  }
}
