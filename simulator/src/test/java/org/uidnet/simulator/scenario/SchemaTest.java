package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use says the same as the reader. */
class SchemaTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String GOOD =
      """
      title: Good
      zone: UTC
      limits: {cpus: 2}
      interfaces: {eth0: {kind: ethernet}}
      namespaces: {box: {owner: 5}}
      traffic: {ask: {up: 1 kB, down: 2 kB}}
      users: {alice: {uid: 5, does: [{do: ask, every: 5 m}]}}
      device: {screen: 07:00-08:00}
      incidents: [{do: reboot, every: 5 d}]
      """;

  private final JsonNode tree;
  private final JsonSchema schema;

  SchemaTest() throws IOException {
    try (InputStream stream = Scenarios.class.getResourceAsStream("scenario.schema.json")) {
      tree = new ObjectMapper().readTree(Objects.requireNonNull(stream));
    }
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(tree);
  }

  static List<String> names() {
    return Scenarios.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shipped_areAccepted(String name) throws IOException {
    assertThat(schema.validate(YAML.readTree(Scenarios.shippedText(name)))).isEmpty();
  }

  @Test
  void good_isAcceptedByBoth() throws IOException {
    ScenarioTexts.scenario(GOOD);

    assertThat(schema.validate(YAML.readTree(GOOD))).isEmpty();
  }

  /** Each line replaces the one of the same key in the good file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "title:",
        "titel: x",
        "limits: {cpus: 0}",
        "limits: {cpu: 1}",
        "limits: {slots: many}",
        "interfaces: {}",
        "interfaces: {eth0: {}}",
        "interfaces: {eth0: {kind: veth}}",
        "interfaces: {lo: {kind: tun}}",
        "interfaces: {much-too-long-a-name: {kind: tun}}",
        "interfaces: {eth0: {kind: ethernet, metered: maybe}}",
        "interfaces: {eth0: {kind: ethernet, up: 7:00-8:00}}",
        "interfaces: {eth0: {kind: ethernet, up: [mon-fri 07:00-08:00, xyz]}}",
        "namespaces: {box: {owner: 0}}",
        "namespaces: {'box{1}': {}}",
        "traffic: {ask: {up: 1, down: 2 kB}}",
        "traffic: {ask: {rate: 1 MB}}",
        "traffic: {ask: {over: sctp}}",
        "traffic: {ask: {size: 1 MB}}",
        "users: {alice: {}}",
        "users: {alice: {uid: -5}}",
        "users: {alice: {uid: 4294967295}}",
        "users: {alice: {uid: 5, does: [{do: ask}]}}",
        "users: {alice: {uid: 5, does: [{do: ask, every: 5 m, times: 3}]}}",
        "users: {alice: {uid: 5, does: [{every: 5 m}]}}",
        "users: {alice: {uid: 5, does: [{do: ask, every: often}]}}",
        "users: {alice: {uid: 5, does: [{do: ask, times: 0}]}}",
        "users: {alice: {uid: 5, does: [{do: ask, times: 1, chance: 120 %}]}}",
        "users: {alice: {uid: 5, does: [{do: ask, times: 1, when: raining}]}}",
        "device: {screen: always}",
        "device: {rain: 07:00-08:00}",
        "incidents: [{do: explode, every: 5 d}]",
        "incidents: [{do: reboot}]",
        "incidents: [{do: suspend, every: 5 d}]",
        "incidents: [{do: clock-jump, every: 5 d}]",
        "incidents: [{do: reboot, every: 5 d, by: 3 s}]",
        "incidents: [{do: recreate, every: 5 d}]",
        "incidents: [{do: reboot, every: 5 d, ifindex: same}]",
      })
  void broken_isRefusedByBoth(String line) throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String broken =
        GOOD.contains("\n" + key + ":") || key.equals("title")
            ? GOOD.replaceAll("(?m)^" + key + ":.*$", Matcher.quoteReplacement(line))
            : GOOD + line + "\n";

    assertThat(catchThrowableOfType(ScenarioException.class, () -> ScenarioTexts.scenario(broken)))
        .isNotNull();
    assertThat(schema.validate(YAML.readTree(broken))).isNotEmpty();
  }

  /** The reader names the keys that it knows when it meets another one. */
  @Test
  void keys_areTheSame() {
    compareKeys("unheard-of: 1", "");
    compareKeys("limits: {unheard-of: 1}", "/$defs/limits");
    compareKeys("interfaces: {eth0: {kind: tun, unheard-of: 1}}", "/$defs/interface");
    compareKeys("namespaces: {box: {unheard-of: 1}}", "/$defs/namespace");
    compareKeys("traffic: {ask: {unheard-of: 1}}", "/$defs/traffic");
    compareKeys("users: {alice: {uid: 5, unheard-of: 1}}", "/$defs/user");
    compareKeys(
        "users: {alice: {uid: 5, does: {do: ask, times: 1, unheard-of: 1}}}", "/$defs/activity");
    compareKeys("device: {unheard-of: 1}", "/$defs/device");
  }

  @Test
  void documentation_namesEveryKey_andItsExampleIsRead() throws IOException {
    String page = Files.readString(Path.of("../docs/scenarios.md"));
    Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);

    assertThat(example.find()).isTrue();
    assertThat(ScenarioTexts.scenario(example.group(1)).users()).hasSize(1);
    assertThat(schema.validate(YAML.readTree(example.group(1)))).isEmpty();
    for (JsonNode object : tree.findParents("additionalProperties")) {
      object
          .path("properties")
          .fieldNames()
          .forEachRemaining(key -> assertThat(page).containsPattern("`" + key + ":?`"));
    }
  }

  private void compareKeys(String line, String definition) {
    String key = line.substring(0, line.indexOf(':'));
    String text = GOOD.replaceAll("(?m)^" + key + ":.*$", "") + line + "\n";
    String message =
        catchThrowableOfType(ScenarioException.class, () -> ScenarioTexts.scenario(text))
            .getMessage();
    Matcher known = Pattern.compile("unheard-of.*known here: ([^)]*)\\)").matcher(message);

    assertThat(known.find()).as(message).isTrue();
    assertThat(List.of(known.group(1).split(", ")))
        .containsExactlyInAnyOrderElementsOf(keys(definition));
  }

  private TreeSet<String> keys(String definition) {
    TreeSet<String> keys = new TreeSet<>();
    tree.at(definition + "/properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
