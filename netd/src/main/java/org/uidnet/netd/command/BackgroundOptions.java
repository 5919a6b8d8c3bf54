package org.uidnet.netd.command;

import java.time.Duration;
import org.uidnet.netd.daemon.BackgroundConfig;
import picocli.CommandLine.Option;

/** When a UID is in the background. */
final class BackgroundOptions {
  @Option(
      names = "--background-delay",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Durations.class,
      description =
          "How long a UID whose processes went to the background is not yet blocked by the chain"
              + " 'background'. Default: ${DEFAULT-VALUE} (Android; newer ones: 2s).")
  private Duration delay;

  @Option(
      names = "--background-delay-after-use",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Durations.class,
      description =
          "The same of a UID that was used lately. Default: ${DEFAULT-VALUE} (Android; newer ones:"
              + " 20s).")
  private Duration delayAfterUse;

  BackgroundConfig config() {
    return new BackgroundConfig(delayAfterUse, delay);
  }
}
