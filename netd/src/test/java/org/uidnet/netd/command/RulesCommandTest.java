package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesCommandTest extends CommandTest {
  private static final String CHANGE =
      "{'changed':true,'at':'2026-03-02T10:30:00Z','destroyedSockets':0,'problems':[]}";

  private Path file;

  @BeforeEach
  void writeGroups() throws IOException {
    Files.writeString(dir.resolve("group"), "kids:x:1009:alice\n");
    file = dir.resolve("rules.yaml");
  }

  /** The last that was sent. */
  private String body() {
    List<String> sent = daemon.bodies().stream().filter(body -> !body.isEmpty()).toList();
    return sent.get(sent.size() - 1);
  }

  @Test
  void set_sendsLinesAndUids() throws IOException {
    Files.writeString(
        file,
        """
        # of this house
        timeZone: Europe/Berlin
        rules:
          - {name: homework, deny: "@kids", when: {days: mon-fri, time: 14:00-16:00}}
          - {allow: [alice, 2000-2003, 7], when: {screenOn: off}}
          - deny: all
        profiles:
          - name: office
            when: {network: "ACME*"}
            rules:
              - {deny: alice}
        """);
    daemon.reply("/v1/rules", 200, CHANGE);

    assertThat(run("rules", "set", file.toString())).isZero();

    String alice = "\"uids\":\"1000\"}";
    assertThat(body())
        .isEqualTo(
            "{\"timeZone\":\"Europe/Berlin\",\"rules\":["
                + ("{\"line\":4,\"name\":\"homework\",\"deny\":[{\"name\":\"@kids\","
                    + alice
                    + "],")
                + "\"when\":{\"time\":\"14:00-16:00\",\"days\":\"mon-fri\"}},"
                + ("{\"line\":5,\"allow\":[{\"name\":\"alice\"," + alice + ",\"2000-2003\",7],")
                + "\"when\":{\"screenOn\":false}},"
                + "{\"line\":6,\"deny\":[\"all\"]}],"
                + "\"profiles\":[{\"name\":\"office\",\"when\":{\"network\":\"ACME*\"},\"rules\":["
                + ("{\"line\":11,\"deny\":[{\"name\":\"alice\"," + alice + "]}]}]}"));
    assertThat(out()).isEqualTo("rules are those of " + file + "\n");
  }

  /** The one that the README leads to. */
  @Test
  void set_takesTheExample() {
    daemon.reply("/v1/rules", 200, CHANGE);

    assertThat(run("rules", "set", "../docs/examples/rules.yaml")).isZero();

    assertThat(body())
        .contains(
            "{\"line\":6,\"name\":\"homework\",\"deny\":[1101,1102],",
            "{\"line\":17,\"name\":\"nobody else\",\"deny\":[\"all\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rules: [{deny: bob}, {deny: '@nobodies'}] | line 1: this host has no user 'bob'
          rules: [{deny: bob}, {deny: '@nobodies'}] | line 1: this host has no group 'nobodies' with members
          rules: [{deny: 1                          | line 1: expected
          rules: [{deny: 1, deny: 2}]               | line 1: 'deny' is given twice
          rules: [{deny: 1, when: {screen: on}}]    | Unrecognized field "screen"
          rules: &a [*a]                            | line 1: has an alias
          rules: [{deny: 1, [when]: {}}]            | line 1: a key must be a word
          """)
  void mistakes_areToldWithTheirLine(String text, String message) throws IOException {
    Files.writeString(file, text);

    assertThat(run("rules", "set", file.toString())).isEqualTo(ExitCode.BAD_USAGE);

    assertThat(err()).contains(file + ": ").contains(message);
    assertThat(daemon.bodies()).allMatch(String::isEmpty);
  }

  @Test
  void rules_tellWhatTheyDecideNow() {
    daemon.reply(
        "/v1/rules/decisions",
        200,
        "{'profiles':['office'],'holding':['rule in line 3','rule in line 9'],"
            + "'uids':[{'uid':1000,'name':'alice','denied':true,'by':'rule in line 3'},"
            + "{'uid':2000,'denied':false}],'others':{'denied':false}}");

    assertThat(run("rules")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            profiles that hold: office
            rules that hold: rule in line 3; rule in line 9
            WHO               NOW         BY
            alice (UID 1000)  denied      rule in line 3
            UID 2000          not denied  no rule
            all others        not denied  no rule
            """);
  }

  @Test
  void dryRun_tellsWhatWouldChange() throws IOException {
    Files.writeString(file, "rules: [{deny: all}]");
    daemon.reply(
        "/v1/rules/dry-run",
        200,
        "{'changes':[{'deniedBefore':false,'denied':true,'after':'rule in line 1'}]}");

    assertThat(run("rules", "dry-run", file.toString())).isZero();

    assertThat(out())
        .isEqualTo(
            """
            WHO         NOW         BY       THEN    BY
            all others  not denied  no rule  denied  rule in line 1
            """);
  }
}
