package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.TextFile;
import org.uidnet.netd.daemon.RunningDaemon;
import org.uidnet.netd.doctor.Build;
import org.uidnet.netd.doctor.Bundle;
import org.uidnet.netd.doctor.Finding;
import org.uidnet.netd.doctor.HostFacts;
import org.uidnet.netd.doctor.HostRoot;
import org.uidnet.netd.doctor.Journal;
import org.uidnet.netd.doctor.People;
import org.uidnet.netd.doctor.ProcessFacts;
import org.uidnet.netd.doctor.Redaction;
import org.uidnet.netd.doctor.Redaction.Kind;
import org.uidnet.netd.doctor.Redaction.Known;
import org.uidnet.netd.kernel.Probe.Feature;

/**
 * What {@code doctor} puts into a bundle. The redaction is the net below; what is nobody's business
 * is not put in to begin with: who used what, rules by name, addresses, audit.
 */
final class DoctorSources {
  private static final Pattern NAME_LABEL = Pattern.compile(",?name=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final int LOG_LINES = 300;

  private final Context context;
  private final HostRoot host;
  private final StateDir directory;
  private final DaemonClient daemon;
  private final Bundle bundle;

  DoctorSources(
      Context context, HostRoot host, StateDir directory, DaemonClient daemon, byte[] salt) {
    this.context = context;
    this.host = host;
    this.directory = directory;
    this.daemon = daemon;
    bundle = new Bundle(new Redaction(salt, known()));
  }

  private List<Known> known() {
    List<Known> known = new ArrayList<>(People.of(host, context.environment()));
    UsageQuery ever = UsageQuery.NONE.from("1970-01-01T00:00:00Z");
    known.addAll(known(Kind.USER, ApiRequest.summary(ever.by("uid")), "name"));
    known.addAll(known(Kind.NETWORK, ApiRequest.summary(ever.by("network")), "network"));
    known.addAll(known(Kind.NETWORK, ApiRequest.interfaces(), "network"));
    known.addAll(known(Kind.RULE, ApiRequest.rules(), "name"));
    known.addAll(known(Kind.RULE, ApiRequest.quotas(), "id"));
    known.addAll(known(Kind.RULE, ApiRequest.chains(), "chain"));
    return known;
  }

  /** What its owner called things; a daemon that does not answer tells nothing else either. */
  private List<Known> known(Kind kind, ApiRequest<?> request, String field) {
    try {
      return daemon.ask(request).findParents(field).stream()
          .filter(thing -> thing.path("custom").asBoolean(true)) // of chains only some are
          .filter(thing -> People.isPerson(thing.path("uid").asLong(People.FIRST)))
          .map(thing -> new Known(kind, thing.path(field).asText()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  Bundle bundle() {
    return bundle;
  }

  void addFindings(List<Finding> findings) {
    bundle.addText("findings.txt", "what is listed above", () -> DoctorText.plain(findings));
  }

  void addHost(List<Feature> features) {
    bundle.addText(
        "version.txt",
        "version, commit, Java",
        () -> Build.of(new Uidnet.Version().getVersion()[0]));
    bundle.addText("host.txt", "kernel, system, mounts, settings", () -> HostFacts.of(host));
    bundle.addJson(
        "requirements.json", "what the kernel can do", () -> CheckJson.features(features));
  }

  void addDaemon() {
    bundle.addJson("health.json", "its problems", daemon::health);
    bundle.addJson(
        "status.json",
        "programs, maps and their fill, tables and their rows, cost",
        () -> daemon.ask(ApiRequest.status()));
    bundle.addText("metrics.txt", "its figures, UIDs as numbers", this::metrics);
    bundle.addJson(
        "interfaces.json", "what is said of interfaces", () -> daemon.ask(ApiRequest.interfaces()));
    bundle.addJson("policy.json", "chains, UIDs as numbers; how many rules", this::policy);
    bundle.addText("process.txt", "its Java options, memory, limits", this::process);
  }

  private String metrics() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    daemon.download(ApiRequest.metrics(), text);
    return NAME_LABEL.matcher(text.toString(StandardCharsets.UTF_8)).replaceAll("");
  }

  private JsonNode policy() throws IOException {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.set("chains", daemon.ask(ApiRequest.chains()).path("chains"));
    policy.set("deviceState", daemon.ask(ApiRequest.deviceState()));
    policy.put("rules", daemon.ask(ApiRequest.rules()).path("rules").size());
    policy.put("quotas", daemon.ask(ApiRequest.quotas()).path("quotas").size());
    return policy;
  }

  private String process() throws IOException {
    long pid =
        RunningDaemon.pid(directory.apiSocket())
            .orElseThrow(() -> new IOException("nobody listens on " + directory.apiSocket()));
    return ProcessFacts.of(host, pid);
  }

  void addFiles(Optional<Path> log) {
    bundle.addText("files.txt", "sizes of the databases", () -> DoctorFiles.sizes(directory));
    bundle.addText("configuration.txt", "settings by file and environment", this::configuration);
    bundle.addText(
        "log.txt",
        "last lines of the daemon's log",
        () -> log.isPresent() ? end(log.get()) : Journal.ofService(LOG_LINES));
  }

  /** Of the file without its comments: they may say anything. */
  private String configuration() {
    ConfigFile file = ConfigFile.read(host.at(Settings.USUAL_FILE.toString()));
    Map<String, String> variables = new TreeMap<>(context.environment());
    variables.keySet().removeIf(name -> !name.startsWith("UIDNET_"));
    return lines(file.values()) + lines(variables) + String.join("\n", file.mistakes()) + "\n";
  }

  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String end(Path log) throws IOException {
    List<String> lines = TextFile.lines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()))
        + "\n";
  }
}
