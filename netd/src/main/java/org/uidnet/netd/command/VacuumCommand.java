package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.uidnet.api.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    header = "Give space back that history no longer needs.",
    description = {
      "",
      "Snapshots and questions go on meanwhile, and wait for a moment at its end. What is deleted"
          + " leaves room in the file that is used again anyway; this makes the file smaller.",
      ""
    },
    footer = {"", "Examples:", "  uidnet vacuum"})
final class VacuumCommand implements Callable<Integer> {
  private static final long GLANCE_MILLIS = 500;

  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  VacuumCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    ExecutorService asking = Executors.newSingleThreadExecutor(VacuumCommand::thread);
    try {
      show(await(asking.submit(() -> daemon.ask(ApiRequest.vacuum())), daemon));
    } finally {
      asking.shutdown();
    }
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "vacuum");
    thread.setDaemon(true);
    return thread;
  }

  /** Shows how far the daemon is until it answers. */
  private JsonNode await(Future<JsonNode> answer, DaemonClient daemon) throws IOException {
    ProgressBar progress = new ProgressBar("vacuum", context);
    try {
      while (true) {
        try {
          return answer.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          show(progress, daemon.ask(ApiRequest.status()));
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException refused ? refused : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; the daemon goes on with it");
    } finally {
      progress.end();
    }
  }

  private void show(ProgressBar progress, JsonNode status) {
    if (json) {
      return;
    }
    for (JsonNode work : status.path("work")) {
      if (work.path("kind").asText().equals("vacuum")) {
        progress.show(
            Duration.ofMillis(work.path("done").asLong()),
            Duration.ofMillis(work.path("total").asLong()));
      }
    }
  }

  private void show(JsonNode answer) {
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      context
          .out()
          .printf(
              "history had %s, has %s%n",
              Units.IEC.amount(answer.path("bytesBefore").asLong()),
              Units.IEC.amount(answer.path("bytes").asLong()));
    }
    context.out().flush();
  }
}
