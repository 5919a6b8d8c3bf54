package org.uidnet.stats.android;

/** A recording, or an archive of them, is not what it should be; nothing of it is used. */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;

  RecordingException(String file, long offset, String expected, String found) {
    super(file + ", byte " + offset + ": expected " + expected + ", found " + found);
    this.file = file;
    this.offset = offset;
  }

  /** Name of the file; untrusted text. */
  public String file() {
    return file;
  }

  /** Where in the file it is wrong, in bytes from its beginning. */
  public long offset() {
    return offset;
  }
}
