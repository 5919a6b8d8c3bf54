package org.uidnet.netd.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What systemd keeps of the service's log. */
public final class Journal {
  private static final String SERVICE = "uidnet.service";

  private Journal() {}

  /**
   * The last lines.
   *
   * @throws IOException if there is no journal, or nothing of the service in it
   */
  public static String ofService(int lines) throws IOException {
    Process journalctl =
        new ProcessBuilder(
                "journalctl",
                "--quiet",
                "--no-pager",
                "--output=cat", // without the name of the host
                "--lines=" + lines,
                "--unit=" + SERVICE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream output = journalctl.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (text.isBlank()) {
        throw new IOException("the journal has nothing of " + SERVICE + ": name a file, --log LOG");
      }
      return text;
    }
  }
}
