package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.netd.recordings.RecordingFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = "Usage that was recorded elsewhere.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  uidnet import android netstats/"})
final class ImportCommand implements Runnable {
  private final Context context;

  @Spec private CommandSpec spec;

  ImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  @Command(
      name = "android",
      mixinStandardHelpOptions = true,
      header = "Recordings of a phone: files dev, xt, uid and uid_tag.",
      description = {
        "",
        "Takes what Android keeps below misc/apexdata/com.android.tethering/netstats into history, under"
            + " interfaces android/wifi and so on. Folders are searched, zip archives too. The same"
            + " again changes nothing; a later copy of a file that the phone still wrote to takes the"
            + " place of the earlier one.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  uidnet import android netstats/",
        "  uidnet usage --from -90d --by iface,uid"
      })
  int android(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "DIR", description = "A folder, a zip archive, or one recording.")
          Path place,
      @Option(names = "--json", description = "Print the daemon's answers as JSON.") boolean json)
      throws IOException {
    requireThere(place);
    RecordingFiles files = RecordingFiles.in(place);
    Import run = new Import(daemonOption.daemon(context), files.count());
    files.forEach(run::send);
    run.progress.end();
    files.problems().forEach(run::refuse);
    if (json) {
      context.out().println(JsonOutput.pretty(run.answers));
    } else {
      run.summary.lines(context.style()).forEach(context.out()::println);
    }
    context.out().flush();
    run.daemon.noteHealth();
    return run.summary.isWhole() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void requireThere(Path place) {
    if (!Files.isReadable(place)) {
      throw new CommandException(
          ExitCode.BAD_USAGE, "cannot read " + place + "; is it there, and may you read it?");
    }
  }

  /** Recordings on their way; one that is refused does not keep back the others. */
  private final class Import {
    private static final int BAD_REQUEST = 400;

    private final DaemonClient daemon;
    private final int all;
    private final ProgressBar progress = new ProgressBar("importing", context);
    private final ArrayNode answers = JsonNodeFactory.instance.arrayNode();
    private final ImportSummary summary = new ImportSummary();
    private int done;

    Import(DaemonClient daemon, int all) {
      this.daemon = daemon;
      this.all = all;
    }

    void send(String path, String name, byte[] content) throws IOException {
      try {
        JsonNode answer = daemon.ask(ApiRequest.importRecording(name, content));
        answers.add(answer);
        summary.stored(answer);
      } catch (ProblemException e) {
        if (e.status() != BAD_REQUEST) {
          throw e;
        }
        refuse(path + ": " + e.getMessage());
      }
      done++;
      progress.show(Duration.ofMillis(done), Duration.ofMillis(all));
    }

    void refuse(String why) {
      summary.refused();
      context.err().println("not imported: " + Text.plain(why));
      context.err().flush();
    }
  }
}
