package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.doctor.HostRoot;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.netd.kernel.Probe.No;
import org.uidnet.netd.kernel.Probe.Yes;
import picocli.CommandLine;

class DoctorCommandTest extends CommandTest {
  private static final String TOKEN = "q9_Zr4kT-mB1xWc7LpVd0sYhNfGu2EaJ8oRi5KvXt3C";

  /** What must not be in any bundle, wherever it was planted. */
  private static final List<String> PLANTED =
      List.of(
          "margarethe",
          "Sonnenschein",
          "gartenlaube",
          "Villa \"Kunterbunt\" 5GHz",
          "192.0.2.77",
          "2001:db8:77::9",
          "02:42:ac:11:00:02",
          "m.sonn@example.org",
          "hunter2hunter2",
          "stammtisch",
          "steuer2025",
          "ottokar",
          TOKEN);

  private static final String EVERYWHERE =
      "Margarethe Sonnenschein of gartenlaube on Villa \"Kunterbunt\" 5GHz, m.sonn@example.org,"
          + " by 192.0.2.77, 2001:db8:77::9 and 02:42:ac:11:00:02, blocked by Stammtisch as ottokar;"
          + " password=hunter2hunter2, "
          + TOKEN
          + ", /home/margarethe/steuer2025.db";

  private final Feature version = new Feature("kernel version", "5.15", "", true, new Yes());
  private List<Feature> features = List.of(version);
  private Path root;

  @BeforeEach
  void seedHost() throws IOException {
    root = dir.resolve("root");
    put("/etc/passwd", "m:x:1000:1000:Margarethe Sonnenschein,,:/srv/people/m:/bin/sh\n");
    put("/proc/sys/kernel/hostname", "gartenlaube.example.org\n");
    put("/etc/os-release", "PRETTY_NAME=\"Debian of gartenlaube\"\n");
    put("/proc/self/mounts", "bpf /sys/fs/bpf bpf rw 0 0\ncgroup2 /cg cgroup2 rw 0 0\n");
    put(
        "/etc/uidnet/uidnet.yaml",
        "# margarethe's\nsink: postgres://m:hunter2hunter2@192.0.2.77/x\n");
    put("/home/margarethe/x", "");
    put("/log", "level=WARN msg=\"" + EVERYWHERE + "\"\n");
  }

  private void put(String file, String text) throws IOException {
    Path path = root.resolve(file.substring(1));
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private int doctor(String... words) {
    DoctorCommand command = new DoctorCommand(context(), new HostRoot(root), () -> features);
    List<String> line = new ArrayList<>(List.of(words));
    line.add("--state-dir=" + dir);
    line.add("--log=" + root.resolve("log"));
    return Uidnet.configure(new CommandLine(command), context())
        .execute(line.toArray(String[]::new));
  }

  private Path file() {
    return dir.resolve("report.zip");
  }

  private Map<String, String> entries() throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file());
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private static String escaped(String text) {
    return text.replace("\"", "\\\"");
  }

  /** A daemon in whose answers everything stands where a text can stand. */
  private void seedDaemon() {
    String text = escaped(EVERYWHERE);
    daemon
        .replyInstead(
            "/v1/health",
            200,
            "{'status':'degraded','backend':'kernel','problems':['%s']}".formatted(text))
        .reply(
            "/v1/status",
            200,
            ("{'backend':'kernel','version':'1.0','uptimeSeconds':7200,'programs':[{}],"
                    + "'links':[{'cgroup':'/cg/%1$s'}],'problems':['%1$s'],"
                    + "'poll':{'last':'2026-03-02T10:29:55Z','intervalMillis':10000},"
                    + "'slots':{'live':1,'max':1000},"
                    + "'databases':[{'file':'%1$s','bytes':4096,'tables':[{'name':'boots','rows':3}]}],"
                    + "'cost':{'residentBytes':1,'cpuMillis':1},"
                    + "'firewall':{'problems':['%1$s'],'storeReadable':true,'failedWrites':0,"
                    + "'rows':0,'mostRows':1024},'truth':[]}")
                .formatted(text))
        .reply("/metrics", 200, "uidnet_bytes_total{uid='1000',name='stammtisch'} 5\n")
        .reply(
            "/v1/interfaces",
            200,
            "{'interfaces':[{'iface':'wlan0','metered':true,'network':'%s'}]}"
                .formatted(escaped("Villa \"Kunterbunt\" 5GHz")))
        .reply("/v1/usage/summary", 200, "{'rows':[{'kind':'uid','uid':1001,'name':'ottokar'}]}")
        .reply(
            "/v1/firewall/chains",
            200,
            "{'chains':[{'chain':'stammtisch','kind':'DENYLIST','custom':true,'uids':[1000]},"
                + "{'chain':'dozable','kind':'ALLOWLIST','custom':false,'uids':[1000,1001]}]}")
        .reply("/v1/device-state", 200, "{'charging':true}")
        .reply("/v1/rules", 200, "{'rules':[{'name':'%s'}]}".formatted(text))
        .reply("/v1/quotas", 200, "{'quotas':[]}");
  }

  @Test
  void bundle_everythingIsPlantedEverywhere_hasNoneOfIt() throws IOException {
    seedDaemon();

    doctor(file().toString());

    assertThat(entries()).hasSizeGreaterThan(10);
    entries()
        .forEach(
            (name, content) ->
                PLANTED.forEach(
                    planted ->
                        assertThat(content.toLowerCase(Locale.ROOT))
                            .as(name)
                            .doesNotContain(planted.toLowerCase(Locale.ROOT))
                            .doesNotContain(escaped(planted).toLowerCase(Locale.ROOT))));
  }

  @Test
  void bundle_saysWhatIsWithin() throws IOException {
    seedDaemon();

    doctor(file().toString());

    Map<String, String> entries = entries();
    assertThat(entries.keySet())
        .contains("findings.txt", "host.txt", "status.json", "policy.json", "log.txt");
    assertThat(entries.get("policy.json")).contains("1001", "dozable", "\"rules\" : 1");
    assertThat(entries.get("metrics.txt")).isEqualTo("uidnet_bytes_total{uid=\"1000\"} 5\n");
    assertThat(entries.get("configuration.txt")).startsWith("sink: postgres://secret-");
    assertThat(entries.get("host.txt")).contains("mount cgroup2 /cg cgroup2 rw 0 0");
    assertThat(entries.get("requirements.json")).contains("kernel version");
    assertThat(out()).contains("Wrote " + file()).contains("unzip -p " + file() + " | less");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void doctor_allIsWell_is0() throws IOException {
    daemon.reply(
        "/v1/status",
        200,
        "{'backend':'simulator','version':'1.0','uptimeSeconds':7200,'programs':[{}],'links':[],"
            + "'poll':{'last':'2026-03-02T10:29:55Z','intervalMillis':10000},"
            + "'databases':[{'bytes':4096,'tables':[{'name':'boots','rows':3}]}],"
            + "'firewall':{'storeReadable':true}}");

    assertThat(doctor(file().toString())).isZero();

    assertThat(out())
        .contains("✔ requirements      1 of 1 there\n")
        .contains("✔ database files    none was found damaged\n");
  }

  @Test
  void doctor_noDaemon_writesWhatThereIs_andSaysWhy() throws IOException {
    stopDaemon();
    Files.delete(dir.resolve("api.sock"));

    assertThat(doctor(file().toString())).isEqualTo(ExitCode.FAILED);

    assertThat(entries().keySet())
        .containsExactly(
            "configuration.txt",
            "files.txt",
            "findings.txt",
            "host.txt",
            "log.txt",
            "requirements.json",
            "version.txt");
    assertThat(out())
        .contains("✘ daemon            no daemon answers on " + dir)
        .contains(
            "Left out health.json, status.json, metrics.txt, interfaces.json, policy.json: no daemon");
  }

  @Test
  void doctor_callerMayNotAsk_saysSo() throws IOException {
    daemon.refuse("/v1/status", 403, "Only root");

    assertThat(doctor(file().toString())).isEqualTo(ExitCode.FAILED);

    assertThat(out()).contains("Left out status.json: Only root\n");
    assertThat(entries()).containsKey("health.json").doesNotContainKey("status.json");
  }

  @Test
  void doctor_aDamagedDatabaseWasSetAside_saysSo() throws IOException {
    Files.createFile(dir.resolve("history.mv.db.corrupt-20260301T100010Z"));
    features = List.of(version, new Feature("links", "5.7", "", true, new No("links")));

    doctor(file().toString());

    assertThat(out())
        .contains("✘ database files    history.mv.db.corrupt-20260301T100010Z\n")
        .contains("✘ requirements      1 of 2 there; missing: links\n");
  }

  @Test
  void doctor_mayNotWriteThere_isBadUsage() {
    assertThat(doctor(dir.resolve("nowhere/report.zip").toString())).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err()).contains("cannot write to " + dir.resolve("nowhere"));
  }
}
