package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.daemon.SelfTest;
import org.uidnet.netd.daemon.SelfTest.Cost;
import org.uidnet.netd.daemon.SelfTest.Counted;
import org.uidnet.netd.daemon.SelfTest.Failed;
import org.uidnet.netd.daemon.SelfTest.Flow;
import org.uidnet.netd.kernel.Probe.Answer;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.netd.kernel.Probe.No;
import org.uidnet.netd.kernel.Probe.Unknown;
import org.uidnet.netd.kernel.Probe.Yes;
import org.uidnet.programs.Traffic;
import picocli.CommandLine;

class CheckCommandTest extends CommandTest {
  private static final Traffic SENT = new Traffic(54_000, 100, 54_000, 100);
  private static final Feature VERSION =
      new Feature("kernel version", "5.15", "Install a newer kernel.", true, new Yes());

  private List<Feature> features = List.of(VERSION);
  private SelfTest.Outcome outcome = counted(SENT);
  private final List<Object> tests = new ArrayList<>();

  private static Counted counted(Traffic counted) {
    return new Counted(
        Path.of("/cg/uidnet-check-1"),
        List.of(new Flow(1000, "IPv4", SENT, counted)),
        List.of(new Cost("uidnet_egress", 83), new Cost("uidnet_ingress", 90)),
        List.of("::1: there is none here: Cannot assign requested address"));
  }

  private static Feature capability(Answer answer) {
    return new Feature("CAP_BPF", "", "It loads programs: run as root", true, answer);
  }

  private int check(String... words) {
    CheckCommand command =
        new CheckCommand(
            context(),
            () -> features,
            cgroup -> {
              tests.add(cgroup);
              return outcome;
            });
    CommandLine line = new CommandLine(command);
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--state-dir=" + dir);
    return Uidnet.configure(line, context()).execute(all.toArray(String[]::new));
  }

  @Test
  void check_allFine_showsSentAgainstCounted() {
    assertThat(check()).isZero();
    assertThat(out())
        .isEqualTo(
            """
            What this host has
              ✔ kernel version                     Linux 5.15+

            Sent over loopback in /cg/uidnet-check-1, and what was counted
              UID   NAME   OVER  WAY       PACKETS  COUNTED   BYTES  COUNTED   ERROR
              1000  alice  IPv4  sent          100      100  54,000   54,000  0.00 %
              1000  alice  IPv4  received      100      100  54,000   54,000  0.00 %
              A packet costs 83 ns in uidnet_egress, 90 ns in uidnet_ingress.
              Left out: ::1: there is none here: Cannot assign requested address

            uidnet runs here and counts exactly. A daemon is running: see uidnet top
            """);
  }

  @Test
  void check_noDaemon_saysHowToStartOne() throws Exception {
    Files.delete(dir.resolve("api.sock"));
    assertThat(check()).isZero();
    assertThat(out()).endsWith("uidnet runs here and counts exactly. Start it: sudo uidnet run\n");
  }

  @Test
  void check_countedOtherThanSent_fails() {
    outcome = counted(new Traffic(54_000, 100, 53_460, 99));
    assertThat(check()).isEqualTo(1);
    assertThat(out())
        .contains("sent          100       99  54,000   53,460  -1.00 %")
        .contains("uidnet counts wrong here.");
  }

  @Test
  void check_requiredIsMissing_doesNotTest() {
    features =
        List.of(
            new Feature(
                "ring buffer", "5.8", "Install a newer kernel.", true, new No("this type of map")));
    assertThat(check()).isEqualTo(1);
    assertThat(tests).isEmpty();
    assertThat(out())
        .contains("✘ ring buffer")
        .contains("Linux 5.8+   no: needs this type of map\n    Install a newer kernel.\n")
        .contains("uidnet cannot run here: what is marked ✘ is missing.");
  }

  @Test
  void check_optionalIsMissing_isFine() {
    features =
        List.of(new Feature("namespaces", "6.15", "Counted as one.", false, new No("the helper")));
    assertThat(check()).isZero();
    assertThat(out()).contains("uidnet runs without it. Counted as one.");
  }

  @Test
  void check_withoutCapability_listsWhatItMayNotDo() {
    features =
        List.of(
            VERSION,
            capability(new No("CAP_BPF")),
            new Feature("ring buffer", "5.8", "", true, new Unknown("may not try (EPERM)")));
    assertThat(check()).isEqualTo(3);
    assertThat(tests).isEmpty();
    assertThat(out())
        .contains("✔ kernel version")
        .contains("✘ CAP_BPF")
        .contains("It loads programs: run as root")
        .contains("? ring buffer")
        .contains("could not tell: may not try (EPERM)")
        .endsWith("Not permitted: run it as root: sudo uidnet check\n");
  }

  @Test
  void check_testNotPermitted_is3() {
    features = List.of(capability(new Unknown("no line CapEff")));
    outcome = new Failed("may not make the cgroup", true);
    assertThat(check()).isEqualTo(3);
    assertThat(out()).contains("The self-test could not run:\n  may not make the cgroup\n");
  }

  @Test
  void check_testFailed_is1() {
    outcome = new Failed("no bash\n\u001b[2Jhere", false);
    assertThat(check()).isEqualTo(1);
    assertThat(out()).contains("The self-test could not run:\n  no bash\n  [2Jhere\n");
  }

  @Test
  void check_json() {
    assertThat(check("--json")).isZero();
    assertThat(out().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"ok\":true,\"permitted\":true,\"daemonAnswers\":true,\"features\":[{"
                + "\"name\":\"kernelversion\",\"required\":true,\"since\":\"5.15\",\"answer\":\"yes\"}],"
                + "\"selfTest\":{\"exact\":true,\"cgroup\":\"/cg/uidnet-check-1\",\"flows\":[{"
                + "\"uid\":1000,\"family\":\"IPv4\","
                + "\"sent\":{\"rxBytes\":54000,\"rxPackets\":100,\"txBytes\":54000,\"txPackets\":100},"
                + "\"counted\":{\"rxBytes\":54000,\"rxPackets\":100,\"txBytes\":54000,\"txPackets\":100}}],"
                + "\"nanoseconds\":{\"uidnet_egress\":83,\"uidnet_ingress\":90},"
                + "\"leftOut\":[\"::1:thereisnonehere:Cannotassignrequestedaddress\"]}}");
  }

  @Test
  void check_jsonOfWhatIsMissing() {
    features = List.of(capability(new No("CAP_BPF")));
    assertThat(check("--json")).isEqualTo(3);
    assertThat(out().replaceAll("\\s", ""))
        .contains("\"ok\":false,\"permitted\":false")
        .contains(
            "\"answer\":\"no\",\"needs\":\"CAP_BPF\",\"remedy\":\"Itloadsprograms:runasroot\"")
        .doesNotContain("selfTest");
  }
}
