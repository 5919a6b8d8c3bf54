package org.uidnet.programs.object;

import java.util.regex.Pattern;

/** Names that the kernel accepts for maps and programs. */
final class KernelName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,15}");

  private KernelName() {}

  static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ObjectFormatException(
          what + " '" + name + "'", "a name of 1 to 15 letters, digits, '_' and '.'");
    }
    return name;
  }
}
