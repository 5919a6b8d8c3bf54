package org.uidnet.netd.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.uidnet.api.model.Json;
import org.uidnet.netd.daemon.WarmUp;
import picocli.CommandLine.Command;

/** Loads the classes that commands use, for the class-data archive that the build makes of it. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private final Context context;

  WarmUpCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    WarmUp.run();
    var rows =
        Json.LENIENT.readTree("[{\"kind\":\"uid\",\"uid\":0,\"name\":\"root\",\"rxBytes\":1}]");
    List<Line> lines = Line.all(rows);
    new UsageTable(lines, lines.get(0).amounts(), Units.IEC, true, context.style()).lines();
    JsonOutput.pretty(rows);
    context.names().name(context.uid());
    return ExitCode.OK;
  }
}
