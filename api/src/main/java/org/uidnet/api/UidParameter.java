package org.uidnet.api;

import java.util.regex.Pattern;

/** The UID in a path, {@code /uids/{uid}/…}: digits or {@code self}. */
final class UidParameter {
  private static final String NAME = "uid";
  private static final long LAST = 4294967294L;
  private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");

  private UidParameter() {}

  static long of(Call call) {
    String text = call.path().getOrDefault(NAME, "");
    return text.equals("self") ? self(call.caller()) : number(NAME, text);
  }

  static long number(String field, String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw none(field, text);
    }
    return check(field, Long.parseLong(text));
  }

  static long check(String field, long uid) {
    if (uid < 0 || uid > LAST) {
      throw none(field, Long.toString(uid));
    }
    return uid;
  }

  private static long self(Caller caller) {
    return caller
        .uid()
        .orElseThrow(
            () ->
                Refusal.badField(
                    NAME, "'self' means nothing here: a token has no UID; write a number."));
  }

  private static Refusal none(String field, String text) {
    return Refusal.badField(
        field, "'" + text + "' is no UID; write a number from 0 to 4294967294.");
  }
}
