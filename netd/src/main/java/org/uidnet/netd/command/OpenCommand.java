package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.SessionCodeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    header = "The dashboard, in a browser of this host.",
    description = {
      "",
      "Prints the dashboard's URL with a code that is good for one login within 90 seconds, and shows"
          + " it in the browser where there is one. The page may what the caller may: root and"
          + " configured admins everything, others see their own. A session ends after an hour without"
          + " use, and after twelve.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo uidnet open",
      "  sudo uidnet open --read-only    sees everything, changes nothing",
      "  uidnet open                     my own usage"
    })
final class OpenCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--read-only",
      description = "The page may change nothing; for root and configured admins.")
  private boolean readOnly;

  @Option(names = "--no-browser", description = "Print the URL, and do no more.")
  private boolean noBrowser;

  @Option(names = "--json", description = "Print the daemon's answer as JSON, and do no more.")
  private boolean json;

  OpenCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode code =
        daemon.ask(
            ApiRequest.sessionCode(readOnly ? SessionCodeRequest.READ : SessionCodeRequest.SAME));
    String url = code.path("url").asText();
    context.out().println(json ? JsonOutput.pretty(code) : url);
    context.out().flush();
    if (!json && !noBrowser) {
      show(url);
    }
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private void show(String url) throws IOException {
    if (!new Browser(context).show(url)) {
      context.note("open it in a browser of this host within 90 seconds; it is good for one login");
    }
  }
}
