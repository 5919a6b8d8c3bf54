package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "History as a file: CSV or JSON lines.",
    description = {
      "",
      "Writes whole buckets of time, all that there are unless --from and --to say less. Where finer"
          + " ones are no longer kept, coarser ones come. `uidnet import history` takes the file in"
          + " on another host.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet export history.csv",
      "  uidnet export --from -30d --uid alice --resolution 1d alice.jsonl",
      "  uidnet export --format jsonl - | jq .rxBytes"
    })
final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";
  private static final String JSON_LINES = ".jsonl";

  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private FilterOptions filter;

  @Option(
      names = "--resolution",
      paramLabel = "R",
      defaultValue = "1h",
      description = "Length of a bucket: 5m, 1h, 1d or 1mo. Default: ${DEFAULT-VALUE}.")
  private String resolution;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      description = "Default: as FILE's name ends; otherwise csv.")
  private Optional<String> format;

  @Parameters(paramLabel = "FILE", description = "Where to; - for standard output.")
  private String file;

  ExportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    UsageQuery query = query(daemon);
    if (file.equals(STANDARD_OUTPUT)) {
      daemon.download(ApiRequest::export, query, System.out);
      System.out.flush();
    } else {
      Path path = Path.of(file);
      OutputFile.write(path, out -> daemon.download(ApiRequest::export, query, out));
      context.note("wrote " + file + ", " + Units.IEC.amount(Files.size(path)));
    }
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private UsageQuery query(DaemonClient daemon) throws IOException {
    UsageQuery query =
        filter
            .query(context, daemon)
            .resolution(resolution)
            .format(format.orElse(file.endsWith(JSON_LINES) ? "jsonl" : "csv"));
    return filter.hasFrom() ? query : query.from("0");
  }
}
