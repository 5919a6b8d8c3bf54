package org.uidnet.netd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.Json;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;

class ExaminationTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:30:00Z");

  private JsonNode health;
  private ObjectNode status;

  private static JsonNode json(String text) throws JsonProcessingException {
    return Json.LENIENT.readTree(text.replace('\'', '"'));
  }

  @BeforeEach
  void allIsWell() throws JsonProcessingException {
    health = json("{'problems':[]}");
    status =
        (ObjectNode)
            json(
                "{'backend':'kernel','version':'1.0','uptimeSeconds':7200,"
                    + "'programs':[{},{}],'links':[{},{}],"
                    + "'poll':{'last':'2026-03-02T10:29:55Z','intervalMillis':10000},"
                    + "'slots':{'live':12,'max':1000},"
                    + "'databases':[{'bytes':4096,'tables':[{'rows':3},{'rows':1200}]}],"
                    + "'cost':{'residentBytes':104857600,'cpuMillis':14400},"
                    + "'firewall':{'problems':[],'storeReadable':true,'failedWrites':0,"
                    + "'rows':0,'mostRows':1024},"
                    + "'truth':[{'iface':'eth0','interface':{'bytes':5000000},"
                    + "'unattributed':{'bytes':1000}}]}");
  }

  private List<Finding> examine() {
    return Examination.daemon(health, status, NOW);
  }

  private Finding only() {
    assertThat(examine()).filteredOn(finding -> !finding.isOk()).hasSize(1);
    return examine().stream().filter(finding -> !finding.isOk()).findFirst().orElseThrow();
  }

  @Test
  void daemon_allIsWell_saysByHowMuch() {
    assertThat(examine())
        .extracting(finding -> finding.name() + ": " + finding.text())
        .containsExactly(
            "daemon: 1.0 on the kernel, up 2 h 0 min",
            "programs: 2 loaded, 2 attached",
            "room in maps: counters 1.20 % full, rows of UIDs from 65,536 on 0.00 %",
            "rules: all in force",
            "reconciliation: eth0 99.98 %",
            "clock: last snapshot 5 s ago, one every 10 s",
            "history: 1,203 rows in 2 tables, 4,096 bytes",
            "own cost: 0.20 % of a core since its start, 100 MiB resident");
    assertThat(examine()).allMatch(Finding::isOk);
  }

  @Test
  void daemon_degraded_passesItsProblemsOn() throws JsonProcessingException {
    health = json("{'problems':['the disk is full']}");
    assertThat(only().remedy()).contains("the disk is full");
  }

  @Test
  void daemon_linkIsMissing() throws JsonProcessingException {
    status.set("links", json("[{}]"));
    assertThat(only().text()).isEqualTo("2 loaded, 1 attached");
  }

  @Test
  void daemon_countersAreRunningOut() throws JsonProcessingException {
    status.set("slots", json("{'live':950,'max':1000}"));
    assertThat(only().name()).isEqualTo("room in maps");
  }

  @Test
  void daemon_aWriteFailed() throws JsonProcessingException {
    status.set(
        "firewall",
        json("{'storeReadable':true,'failedWrites':2,'problems':['a write is tried again']}"));
    assertThat(only().text()).isEqualTo("2 writes to the kernel failed");
  }

  @Test
  void daemon_policyCannotBeRead() throws JsonProcessingException {
    status.set("firewall", json("{'storeReadable':false,'problems':[]}"));
    assertThat(only().text()).contains("policy.mv.db cannot be read");
  }

  @Test
  void daemon_muchIsUnattributed() throws JsonProcessingException {
    status.set(
        "truth",
        json(
            "[{'iface':'br0','interface':{'bytes':3000000},'unattributed':{'bytes':-900000}},"
                + "{'iface':'br0','interface':{'bytes':1000000},'unattributed':{'bytes':0}},"
                + "{'iface':'quiet','interface':{'bytes':300},'unattributed':{'bytes':300}}]"));
    assertThat(only().text()).isEqualTo("br0 77.50 %");
  }

  @Test
  void daemon_snapshotsHaveStopped() throws JsonProcessingException {
    status.set("poll", json("{'last':'2026-03-02T10:20:00Z','intervalMillis':10000}"));
    assertThat(only().remedy().orElseThrow()).startsWith("snapshots do not come");
  }

  @Test
  void daemon_clockWasSetBack() throws JsonProcessingException {
    status.set("poll", json("{'last':'2026-03-02T11:00:00Z','intervalMillis':10000}"));
    assertThat(only().remedy().orElseThrow()).startsWith("the clock was set back");
  }

  @Test
  void daemon_historyCannotBeAsked() throws JsonProcessingException {
    status.set("databases", json("[{'bytes':4096,'tables':[]}]"));
    assertThat(only().name()).isEqualTo("history");
  }

  @Test
  void daemon_costsMuch() throws JsonProcessingException {
    status.set("cost", json("{'residentBytes':104857600,'cpuMillis':720000}"));
    assertThat(only().text()).startsWith("10.00 % of a core");
  }

  @Test
  void daemon_hasJustStarted_itsCostIsNotJudged() throws JsonProcessingException {
    status.put("uptimeSeconds", 30);
    assertThat(examine()).allMatch(Finding::isOk);
  }

  @Test
  void requirements_namesWhatIsMissing_andAttendsOnlyToWhatMustBe() {
    Feature there = new Feature("btf", "5.0", "", true, new Probe.Yes());
    Feature not = new Feature("cookies", "6.15", "", false, new Probe.No("the helper"));
    Feature must = new Feature("links", "5.7", "", true, new Probe.No("links"));

    assertThat(Examination.requirements(List.of(there, not)))
        .isEqualTo(Finding.ok("requirements", "1 of 2 there; missing: cookies (not required)"));
    assertThat(Examination.requirements(List.of(there, must)).isOk()).isFalse();
  }

  @Test
  void setAside_aDamagedFileIsThere() {
    assertThat(Examination.setAside(List.of("history.mv.db", "policy.mv.db")).isOk()).isTrue();
    assertThat(Examination.setAside(List.of("history.mv.db.corrupt-20260301T100010Z")).isOk())
        .isFalse();
  }
}
