package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.doctor.Bundle;
import org.uidnet.netd.doctor.Examination;
import org.uidnet.netd.doctor.Finding;
import org.uidnet.netd.doctor.HostRoot;
import org.uidnet.netd.kernel.Probe.Feature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "What needs attention, and a file with what a bug report needs.",
    description = {
      "",
      "Looks at requirements, daemon, maps, rules, clock, databases and own cost, says what to do,"
          + " and writes what was seen to a zip file that only its owner may read. Names of people,"
          + " host and networks, home directories, addresses and secrets are replaced in it. Nothing"
          + " is sent anywhere. Works without a daemon and without being root, with less to tell.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:something needs attention", "2:bad usage"},
    footer = {
      "",
      "Examples:",
      "  sudo uidnet doctor",
      "  sudo uidnet doctor report.zip --log daemon.log",
      "  unzip -p report.zip | less   # look before you send it"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private static final int SALT_BYTES = 16;

  private final Context context;
  private final HostRoot host;
  private final Supplier<List<Feature>> probes;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--log",
      paramLabel = "LOG",
      description = "What the daemon wrote to standard error. Default: the journal of the service.")
  private Optional<Path> log;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The zip file. Default: uidnet-doctor-TIME.zip in the current directory.")
  private Optional<Path> file;

  DoctorCommand(Context context) {
    this(context, HostRoot.ofHost(), CheckCommand::requirements);
  }

  DoctorCommand(Context context, HostRoot host, Supplier<List<Feature>> probes) {
    this.context = context;
    this.host = host;
    this.probes = probes;
  }

  @Override
  public Integer call() throws IOException {
    Path to = file.orElseGet(this::usualFile);
    List<Feature> features = probes.get();
    DaemonClient daemon = daemonOption.daemon(context);
    List<Finding> findings = examine(features, daemon);
    DoctorText text = new DoctorText(context);
    text.findings(findings);
    Bundle bundle = bundle(features, findings, daemon);
    OutputFile.write(to, bundle::writeTo);
    text.bundle(bundle, to);
    context.out().flush();
    return findings.stream().allMatch(Finding::isOk) ? ExitCode.OK : ExitCode.FAILED;
  }

  private Path usualFile() {
    String time = STAMP.format(context.clock().instant().atZone(context.clock().getZone()));
    return Path.of("uidnet-doctor-" + time + ".zip");
  }

  private List<Finding> examine(List<Feature> features, DaemonClient daemon) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Examination.requirements(features));
    findings.addAll(examine(daemon));
    findings.add(Examination.setAside(DoctorFiles.names(daemonOption.stateDir())));
    return findings;
  }

  private List<Finding> examine(DaemonClient daemon) {
    try {
      JsonNode health = daemon.health();
      JsonNode status = daemon.ask(ApiRequest.status());
      return Examination.daemon(health, status, daemon.now());
    } catch (IOException e) {
      return List.of(
          Examination.noDaemon(Objects.requireNonNullElse(e.getMessage(), e.toString())));
    }
  }

  private Bundle bundle(List<Feature> features, List<Finding> findings, DaemonClient daemon) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    DoctorSources sources = new DoctorSources(context, host, daemonOption.stateDir(), daemon, salt);
    sources.addFindings(findings);
    sources.addHost(features);
    sources.addDaemon();
    sources.addFiles(log);
    return sources.bundle();
  }
}
