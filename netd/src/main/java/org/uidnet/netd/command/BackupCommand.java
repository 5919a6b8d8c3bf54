package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    header = "History and policy as a zip file, while the daemon goes on.",
    description = {
      "",
      "Each database is copied as of one moment. To restore them stop the daemon and unpack the file"
          + " in its state directory.",
      ""
    },
    footer = {"", "Examples:", "  uidnet backup uidnet-$(date +%F).zip"})
final class BackupCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Parameters(paramLabel = "FILE", description = "The zip file; one that is there is replaced.")
  private Path file;

  BackupCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    OutputFile.write(file, out -> daemon.download(ApiRequest.backup(), out));
    context.note("wrote " + file + ", " + Units.IEC.amount(Files.size(file)));
    daemon.noteHealth();
    return ExitCode.OK;
  }
}
