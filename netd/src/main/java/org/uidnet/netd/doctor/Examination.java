package org.uidnet.netd.doctor;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;

/** What is well and what needs attention, by what host and daemon tell. */
public final class Examination {
  private static final double PERCENT = 100;

  /** Above it soon full, of counters and rows. */
  private static final double FULL = 80;

  /**
   * Below it the traffic is not worth a word, as between hosts that only say that they are there.
   */
  private static final long LITTLE = 1 << 20;

  /** Of an interface's bytes. Some are always of no socket. */
  private static final double MUCH_UNATTRIBUTED = 10;

  /** Twenty times what an idle daemon takes. */
  private static final double MUCH_CPU = 5;

  private static final long MUCH_MEMORY = 256L << 20;

  /** Before that its start is most of what a daemon took. */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private static final int LATE_SNAPSHOTS = 3;

  private Examination() {}

  /** What the kernel can do. */
  public static Finding requirements(List<Feature> features) {
    List<String> missing =
        features.stream()
            .filter(feature -> feature.answer() instanceof Probe.No)
            .map(feature -> feature.name() + (feature.required() ? "" : " (not required)"))
            .toList();
    long unknown = features.stream().filter(f -> f.answer() instanceof Probe.Unknown).count();
    long there = features.size() - missing.size() - unknown;
    String text =
        "%d of %d there".formatted(there, features.size())
            + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
            + (unknown == 0 ? "" : "; could not tell: " + unknown);
    boolean well = features.stream().allMatch(feature -> !feature.required() || feature.isYes());
    return Finding.of(well, "requirements", text, "uidnet check says what each is for; as root");
  }

  /** Of a daemon that told nothing. */
  public static Finding noDaemon(String reason) {
    return Finding.attention(
        "daemon",
        reason,
        "with a running daemon, and as root, there is more to find; --state-dir DIR names its"
            + " directory");
  }

  /**
   * What a daemon tells.
   *
   * @param status as {@code GET /v1/status} tells it
   * @param now by the clock of the daemon's host
   */
  public static List<Finding> daemon(JsonNode health, JsonNode status, Instant now) {
    List<Finding> findings = new ArrayList<>();
    findings.add(health(health, status));
    findings.add(programs(status));
    findings.add(room(status));
    findings.add(rules(status.path("firewall")));
    findings.add(truth(status.path("truth")));
    findings.add(clock(status, now));
    findings.add(history(status.path("databases").path(0)));
    findings.add(cost(status));
    return findings;
  }

  private static Finding health(JsonNode health, JsonNode status) {
    String text =
        "%s on the %s, up %d h %d min"
            .formatted(
                status.path("version").asText(),
                status.path("backend").asText(),
                uptime(status).toHours(),
                uptime(status).toMinutesPart());
    List<String> problems = texts(health.path("problems"));
    return problems.isEmpty()
        ? Finding.ok("daemon", text)
        : Finding.attention("daemon", text + ", degraded", String.join("; ", problems));
  }

  private static Finding programs(JsonNode status) {
    int loaded = status.path("programs").size();
    int linked = status.path("links").size();
    boolean simulated = status.path("backend").asText().equals("simulator");
    String text = loaded + " loaded, " + (simulated ? "simulated" : linked + " attached");
    return Finding.of(
        loaded > 0 && (simulated || linked == loaded),
        "programs",
        text,
        "somebody may detach them, which the daemon mends and puts into its audit log: see the log");
  }

  private static Finding room(JsonNode status) {
    JsonNode slots = status.path("slots");
    JsonNode firewall = status.path("firewall");
    double counters = share(slots.path("live").asLong(), slots.path("max").asLong());
    double rows = share(firewall.path("rows").asLong(), firewall.path("mostRows").asLong());
    return Finding.of(
        Math.max(counters, rows) < FULL,
        "room in maps",
        "counters %s full, rows of UIDs from 65,536 on %s"
            .formatted(percent(counters), percent(rows)),
        "what finds no room is counted without its UID (row 'overflow'): fewer UIDs, tags or"
            + " interfaces at once, or tell us what you need");
  }

  private static Finding rules(JsonNode firewall) {
    if (!firewall.path("storeReadable").asBoolean()) {
      return Finding.attention(
          "rules",
          "policy.mv.db cannot be read; the kernel keeps the last rules",
          "restore it from a backup, or see the daemon's problems");
    }
    List<String> problems = texts(firewall.path("problems"));
    int failed = firewall.path("failedWrites").asInt();
    return problems.isEmpty() && failed == 0
        ? Finding.ok("rules", "all in force")
        : Finding.attention(
            "rules", failed + " writes to the kernel failed", String.join("; ", problems));
  }

  private static Finding truth(JsonNode truth) {
    Map<String, Account> byInterface = new LinkedHashMap<>();
    truth.forEach(
        row -> byInterface.merge(row.path("iface").asText(), Account.of(row), Account::plus));
    byInterface.values().removeIf(account -> account.bytes() < LITTLE);
    String text =
        byInterface.entrySet().stream()
            .map(entry -> entry.getKey() + " " + percent(PERCENT - entry.getValue().share()))
            .collect(joining(", "));
    return Finding.of(
        byInterface.values().stream().allMatch(account -> account.share() <= MUCH_UNATTRIBUTED),
        "reconciliation",
        text.isEmpty() ? "too little traffic to tell" : text,
        "uidnet truth has the figures; usual causes: sockets outside of --cgroup, and packets of"
            + " containers and virtual machines, which are forwarded");
  }

  /** Bytes of an interface, and those that were charged to nobody. */
  private record Account(long bytes, long unattributed) {
    static Account of(JsonNode row) {
      return new Account(
          row.path("interface").path("bytes").asLong(),
          row.path("unattributed").path("bytes").asLong());
    }

    Account plus(Account other) {
      return new Account(bytes + other.bytes, unattributed + other.unattributed);
    }

    double share() {
      return Examination.share(Math.abs(unattributed), bytes);
    }
  }

  private static Finding clock(JsonNode status, Instant now) {
    Instant last = Instant.parse(status.path("poll").path("last").asText());
    long interval = status.path("poll").path("intervalMillis").asLong();
    Duration age = Duration.between(last, now);
    boolean well = !age.isNegative() && age.toMillis() <= LATE_SNAPSHOTS * interval;
    return Finding.of(
        well,
        "clock",
        "last snapshot %d s ago, one every %d s"
            .formatted(age.toSeconds(), Duration.ofMillis(interval).toSeconds()),
        age.isNegative()
            ? "the clock was set back: let NTP set it, history files later bytes under this time"
            : "snapshots do not come: see the daemon's problems and its log");
  }

  private static Finding history(JsonNode database) {
    long rows =
        StreamSupport.stream(database.path("tables").spliterator(), false)
            .mapToLong(table -> table.path("rows").asLong())
            .sum();
    return Finding.of(
        !database.path("tables").isEmpty(),
        "history",
        String.format(
            Locale.ROOT,
            "%,d rows in %d tables, %,d bytes",
            rows,
            database.path("tables").size(),
            database.path("bytes").asLong()),
        "it cannot be read now; counters go on in the kernel: see the daemon's problems");
  }

  /** Those that a daemon found damaged, and began anew beside. */
  public static Finding setAside(List<String> files) {
    List<String> damaged = files.stream().filter(file -> file.contains(".corrupt-")).toList();
    return Finding.of(
        damaged.isEmpty(),
        "database files",
        damaged.isEmpty() ? "none was found damaged" : String.join(", ", damaged),
        "history began anew then: keep the file for a report, check disk and memory of the host");
  }

  private static Finding cost(JsonNode status) {
    JsonNode cost = status.path("cost");
    Duration uptime = uptime(status);
    double cpu = share(cost.path("cpuMillis").asLong(), uptime.toMillis());
    long memory = cost.path("residentBytes").asLong();
    boolean judged =
        uptime.compareTo(YOUNG) >= 0 && !status.path("backend").asText().equals("simulator");
    return Finding.of(
        !judged || (cpu < MUCH_CPU && memory < MUCH_MEMORY),
        "own cost",
        "%s of a core since its start, %d MiB resident".formatted(percent(cpu), memory >> 20),
        "a longer --poll-interval takes less; who asks it all the time (dashboards, scrapers) adds"
            + " to it");
  }

  private static Duration uptime(JsonNode status) {
    return Duration.ofSeconds(status.path("uptimeSeconds").asLong());
  }

  private static double share(long part, long whole) {
    return whole <= 0 ? 0 : PERCENT * part / whole;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
