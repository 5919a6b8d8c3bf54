package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.netd.recordings.RecordingFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = "Usage that was recorded elsewhere.",
    footer = {
      "",
      "Examples:",
      "  uidnet import android netstats/",
      "  uidnet import history laptop.csv"
    })
final class ImportCommand {
  private final Context context;

  ImportCommand(Context context) {
    this.context = context;
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
    return run.end(json);
  }

  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      header = "What `uidnet export` wrote on another host.",
      description = {
        "",
        "Takes the file into history, under interfaces imported/HOST/eth0 and so on. The same again"
            + " changes nothing; a file that begins at the same time and tells of more takes the place"
            + " of the earlier one.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  uidnet import history laptop.csv",
        "  uidnet import history --source laptop 2026.jsonl"
      })
  int history(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "FILE", description = "CSV, or JSON lines if it ends in .jsonl.")
          Path file,
      @Option(
              names = "--source",
              paramLabel = "HOST",
              description = "What that host is called. Default: FILE's name without its ending.")
          Optional<String> source,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    requireThere(file);
    Import run = new Import(daemonOption.daemon(context), 1);
    String name = file.getFileName().toString();
    String format = name.endsWith(".jsonl") ? "jsonl" : "csv";
    run.send(
        file.toString(),
        ApiRequest.importHistory(
            source.orElseGet(() -> name.replaceFirst("\\.[^.]*$", "")),
            format,
            Files.readAllBytes(file)));
    return run.end(json);
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
      send(path, ApiRequest.importRecording(name, content));
    }

    void send(String path, ApiRequest<?> request) throws IOException {
      try {
        JsonNode answer = daemon.ask(request);
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

    /** Says what became of all; answers the exit code. */
    int end(boolean json) throws IOException {
      if (json) {
        context.out().println(JsonOutput.pretty(answers));
      } else {
        summary.lines(context.style()).forEach(context.out()::println);
      }
      context.out().flush();
      daemon.noteHealth();
      return summary.isWhole() ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
