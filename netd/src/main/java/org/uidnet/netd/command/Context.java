package org.uidnet.netd.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.uidnet.netd.names.HostUidNames;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command sees of the process that it runs in.
 *
 * @param terminal whether {@code out} is one
 * @param environment variables
 * @param clock also tells the time zone that times are shown in
 * @param uid of the caller
 */
public record Context(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    Map<String, String> environment,
    Clock clock,
    HostUidNames names,
    long uid) {

  /** Real, effective, saved and file system's. */
  private static final Pattern UIDS = Pattern.compile("^Uid:\\s+\\d+\\s+(\\d+)\\s");

  public Context {
    environment = Map.copyOf(environment);
  }

  /** Of this process. */
  public static Context ofProcess() {
    return new Context(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        isTerminal(),
        System.getenv(),
        Clock.system(ZoneId.systemDefault()),
        new HostUidNames(HostUidNames.Files.ofHost()),
        effectiveUid());
  }

  /** Colours only where somebody looks at them, and does not mind: see no-color.org. */
  boolean colours() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  Ansi ansi() {
    return colours() ? Ansi.ON : Ansi.OFF;
  }

  Style style() {
    return new Style(colours());
  }

  /** On standard error, so that it never mixes with figures. */
  void note(String text) {
    err.println("note: " + text);
    err.flush();
  }

  private static boolean isTerminal() {
    try {
      String out = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return out.startsWith("/dev/pts/")
          || out.startsWith("/dev/tty")
          || out.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  private static long effectiveUid() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .flatMap(line -> UIDS.matcher(line).results())
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "cannot read /proc/self/status to learn who calls; is /proc mounted?");
    }
  }
}
