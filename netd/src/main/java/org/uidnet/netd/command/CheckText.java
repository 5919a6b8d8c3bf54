package org.uidnet.netd.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.uidnet.netd.command.Table.Column;
import org.uidnet.netd.daemon.SelfTest;
import org.uidnet.netd.daemon.SelfTest.Cost;
import org.uidnet.netd.daemon.SelfTest.Counted;
import org.uidnet.netd.daemon.SelfTest.Failed;
import org.uidnet.netd.daemon.SelfTest.Flow;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;

/** What {@code check} tells a person. */
final class CheckText {
  private static final int NAME_COLUMNS = 34;
  private static final String BELOW_NAME = "    ";

  private final Context context;
  private final PrintWriter out;
  private final Style style;

  CheckText(Context context) {
    this.context = context;
    out = context.out();
    style = context.style();
  }

  void features(List<Feature> features) {
    out.println("What this host has");
    features.forEach(this::feature);
    out.println();
    out.flush();
  }

  private void feature(Feature feature) {
    if (feature.answer() instanceof Probe.No no) {
      row("✘", feature, style.warning("no: ") + "needs " + Text.plain(no.needs()));
      below((feature.required() ? "" : "uidnet runs without it. ") + feature.remedy());
    } else if (feature.answer() instanceof Probe.Unknown unknown) {
      row("?", feature, "could not tell: " + Text.plain(unknown.why()));
    } else {
      row("✔", feature, "");
    }
  }

  private void row(String mark, Feature feature, String finding) {
    String version = feature.since().isEmpty() ? "" : "Linux " + feature.since() + "+";
    String line =
        "  %s %s %s  %s"
            .formatted(
                mark,
                Text.padRight(feature.name(), NAME_COLUMNS),
                style.dim(Text.padRight(version, "Linux 5.15+".length())),
                finding);
    out.println(line.stripTrailing());
  }

  private void below(String text) {
    out.println(BELOW_NAME + text);
  }

  void findings(CheckFindings findings) {
    findings.test().ifPresent(this::test);
    verdict(findings);
  }

  private void test(SelfTest.Outcome outcome) {
    if (outcome instanceof Counted counted) {
      counted(counted);
    } else if (outcome instanceof Failed failed) {
      out.println("The self-test could not run:");
      failed.why().lines().forEach(line -> out.println("  " + Text.plain(line)));
    }
    out.println();
  }

  private void counted(Counted counted) {
    out.println("Sent over loopback in " + counted.cgroup() + ", and what was counted");
    table(counted.flows()).lines().forEach(line -> out.println("  " + line));
    if (!counted.costs().isEmpty()) {
      out.println("  A packet costs " + costs(counted.costs()) + ".");
    }
    counted.leftOut().forEach(reason -> out.println("  Left out: " + Text.plain(reason)));
  }

  private Table table(List<Flow> flows) {
    Table table =
        new Table(
            style,
            List.of(
                Column.text("UID"),
                Column.text("NAME"),
                Column.text("OVER"),
                Column.text("WAY"),
                Column.figure("PACKETS"),
                Column.figure("COUNTED"),
                Column.figure("BYTES"),
                Column.figure("COUNTED"),
                Column.figure("ERROR")));
    flows.forEach(flow -> addTo(table, flow));
    return table;
  }

  private void addTo(Table table, Flow flow) {
    table.row(
        cells(
            flow,
            "sent",
            flow.sent().txPackets(),
            flow.counted().txPackets(),
            flow.sent().txBytes(),
            flow.counted().txBytes()));
    table.row(
        cells(
            flow,
            "received",
            flow.sent().rxPackets(),
            flow.counted().rxPackets(),
            flow.sent().rxBytes(),
            flow.counted().rxBytes()));
  }

  private List<String> cells(
      Flow flow, String way, long packets, long countedPackets, long bytes, long countedBytes) {
    return List.of(
        Long.toString(flow.uid()),
        context.names().name(flow.uid()).orElse("-"),
        flow.family(),
        way,
        grouped(packets),
        grouped(countedPackets),
        grouped(bytes),
        grouped(countedBytes),
        percent(countedBytes - bytes, bytes));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(long difference, long of) {
    return String.format(Locale.ROOT, "%.2f %%", of == 0 ? 0.0 : 100.0 * difference / of);
  }

  private static String costs(List<Cost> costs) {
    return costs.stream()
        .map(cost -> cost.nanoseconds() + " ns in " + cost.program())
        .collect(Collectors.joining(", "));
  }

  private void verdict(CheckFindings findings) {
    if (findings.isFine()) {
      out.println("uidnet runs here and counts exactly. " + next(findings));
    } else if (findings.isNotPermitted()) {
      out.println("Not permitted: " + style.bold("run it as root: sudo uidnet check"));
    } else if (!findings.missing().isEmpty()) {
      out.println("uidnet cannot run here: what is marked ✘ is missing.");
    } else if (findings.test().filter(Counted.class::isInstance).isPresent()) {
      out.println(style.warning("uidnet counts wrong here.") + " Please report the table above.");
    }
  }

  private static String next(CheckFindings findings) {
    return findings.daemonAnswers()
        ? "A daemon is running: see uidnet top"
        : "Start it: sudo uidnet run";
  }
}
