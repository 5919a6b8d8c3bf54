package org.uidnet.netd.command;

/** Emphasis on terminals; plain text elsewhere. */
record Style(boolean on) {
  static final Style PLAIN = new Style(false);

  String bold(String text) {
    return wrap("1", text);
  }

  String dim(String text) {
    return wrap("2", text);
  }

  String warning(String text) {
    return wrap("1;33", text);
  }

  private String wrap(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
