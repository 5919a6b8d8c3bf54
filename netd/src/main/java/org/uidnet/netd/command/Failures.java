package org.uidnet.netd.command;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.uidnet.api.client.NoDaemonException;
import org.uidnet.api.client.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what commands throw into one message on standard error and an exit code. */
final class Failures {
  /** What types of problems begin with, all but those that are not the daemon's own. */
  private static final String PROBLEMS = "/problems/";

  private final Context context;
  private final PrintWriter err;

  Failures(Context context) {
    this.context = context;
    err = context.err();
  }

  int badUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(name, message(e));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + name + " --help");
    err.flush();
    return ExitCode.BAD_USAGE;
  }

  int failed(Exception e, CommandLine command, ParseResult arguments) {
    String name = command.getCommandSpec().qualifiedName();
    print(name, explain(e));
    if (isOurMistake(e)) {
      e.printStackTrace(err);
    }
    err.flush();
    return exitCode(e);
  }

  /** Line by line: everything else that steers a terminal is taken out. */
  private void print(String name, String message) {
    err.println(name + ": " + message.lines().map(Text::plain).collect(joining("\n")));
  }

  private String explain(Exception e) {
    if (e instanceof NoDaemonException) {
      return message(e)
          + DemoDirectory.running(context)
              .map(demo -> ". Your demo runs: --state-dir " + demo)
              .orElse(", or name the directory of a running one with --state-dir DIR");
    }
    if (e instanceof ProblemException problem) {
      return "the daemon refused (%s): %s".formatted(kind(problem), message(e));
    }
    if (e instanceof IOException) {
      return "asking the daemon failed: " + message(e);
    }
    return message(e);
  }

  /** The status, and where docs/troubleshooting.md tells of it: {@code 403 admins-only}. */
  private static String kind(ProblemException problem) {
    String type = problem.type();
    return type.startsWith(PROBLEMS)
        ? problem.status() + " " + type.substring(PROBLEMS.length())
        : String.valueOf(problem.status());
  }

  private static int exitCode(Exception e) {
    if (e instanceof NoDaemonException) {
      return ExitCode.NO_DAEMON;
    }
    if (e instanceof ProblemException problem) {
      return exitCode(problem.status());
    }
    return e instanceof CommandException command ? command.exitCode() : ExitCode.FAILED;
  }

  private static int exitCode(int status) {
    return switch (status) {
      case 400, 404, 409 -> ExitCode.BAD_USAGE;
      case 401, 403 -> ExitCode.NOT_PERMITTED;
      default -> ExitCode.FAILED;
    };
  }

  private static boolean isOurMistake(Exception e) {
    return e instanceof RuntimeException && !(e instanceof CommandException);
  }

  private static String message(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
