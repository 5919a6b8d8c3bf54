package org.uidnet.programs.object;

/**
 * The compiled object, or its BTF, is not what it should be; the message names place and
 * expectation.
 */
public final class ObjectFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ObjectFormatException(String where, String expected) {
    super(where + ": expected " + expected);
  }
}
