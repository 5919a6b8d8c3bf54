package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.uidnet.simulator.scenario.ScenarioTexts.scenario;

import org.junit.jupiter.api.Test;

/** What the author of a scenario is told: all mistakes at once, each with its place. */
class MistakesTest {
  private static String mistakesOf(String text) {
    return catchThrowableOfType(ScenarioException.class, () -> scenario(text)).getMessage();
  }

  @Test
  void allAtOnce() {
    assertThat(
            mistakesOf(
                """
                titel: A phone
                zone: Europe/Berlni
                interfaces:
                  wlan0: {kind: wifi, up: 7:00-8:00, metred: true}
                  lo: {kind: tun}
                namespaces:
                  box{1-2}: {owner: -1}
                  much-too-long: {}
                traffic:
                  video: {down: 20 MBps, up: 1 MB, up: 2 MB, rate: fast}
                users:
                  alice: {uid: 1000, does: {do: vidoe, every: 15 m}}
                  bob: {uid: 1000, in: box3, does: [{do: video, at: noon}, 7]}
                  carol: [1, 2]
                incidents:
                  - {do: reboot}
                  - {do: suspend, every: 1 h, times: 3}
                  - {do: recreate, every: 1 h, what: wlan1}
                  - {do: explode, every: 1 h}
                """))
        .isEqualTo(
            """
            test.yaml:1:1: key "title" is missing
            test.yaml:1:1: unknown key "titel"; did you mean "title"? (known here: device, incidents, interfaces, limits, namespaces, title, traffic, users, zone)
            test.yaml:2:7: zone: found "Europe/Berlni", expected a time zone such as Europe/Berlin or UTC
            test.yaml:4:27: interfaces.wlan0.up: found "7:00-8:00", expected a time of day such as 07:00-08:30, mon-fri 07:00-08:30 or sun 23:00-06:00
            test.yaml:4:38: interfaces.wlan0: unknown key "metred"; did you mean "metered"? (known here: kind, metered, up)
            test.yaml:5:3: interfaces: lo is there without being named
            test.yaml:7:21: namespaces.box{1-2}.owner: found "-1", expected a number from 1 to 4294967293
            test.yaml:8:3: namespaces: "veth-much-too-long" is no interface name; expected 1 to 10 characters after "veth-"
            test.yaml:10:17: traffic.video.down: found "20 MBps", expected a size such as 20 MB, 512 KiB or 0 B
            test.yaml:10:36: traffic.video: key "up" is there twice
            test.yaml:10:52: traffic.video.rate: found "fast", expected a rate such as 2 MB/s or 16 Mbit/s
            test.yaml:12:33: users.alice.does.do: found "vidoe", expected a name from "traffic"; did you mean "video"?
            test.yaml:13:14: users.bob.uid: UID 1000 of "bob" is also that of "alice"
            test.yaml:13:24: users.bob.in: found "box3", expected a name from "namespaces"; did you mean "box1"?
            test.yaml:13:37: users.bob.does[0]: expected either "times" (in each span of "at", or a day) or "every" (about how often)
            test.yaml:13:53: users.bob.does[0].at: found "noon", expected a time of day such as 07:00-08:30, mon-fri 07:00-08:30 or sun 23:00-06:00
            test.yaml:13:60: users.bob.does[1]: found "7", expected keys
            test.yaml:14:10: users.carol: found a list, expected keys
            test.yaml:16:5: incidents[0]: expected either "times" (in each span of "at", or a day) or "every" (about how often)
            test.yaml:17:5: incidents[1]: expected either "times" (in each span of "at", or a day) or "every" (about how often)
            test.yaml:17:5: incidents[1]: key "takes" is missing
            test.yaml:18:38: incidents[2].what: found "wlan1", expected a name from "interfaces" or "namespaces"; did you mean "wlan0"?
            test.yaml:19:10: incidents[3].do: found "explode", expected one of reboot, suspend, clock-jump, recreate""");
  }

  /** Each user takes memory, so that a file of a few lines could take all. */
  @Test
  void rangesOfAMillionEach_areTooMany() {
    assertThat(
            mistakesOf(
                """
                title: t
                interfaces: {eth0: {kind: ethernet}}
                users:
                  a: {uid: 1000}
                  b{1-1000000}: {uid: 2000}
                """))
        .isEqualTo("test.yaml:5:3: users: there is room for 1000000 users in all");
  }

  @Test
  void notYaml_saysWhere() {
    assertThat(mistakesOf("title: x\nusers: {a: [1, 2}\n"))
        .isEqualTo("test.yaml:2:17: this is not YAML: expected ',' or ']', but got }");
  }

  @Test
  void empty() {
    assertThat(mistakesOf("# nothing\n"))
        .isEqualTo("test.yaml:1:1: the file is empty; docs/scenarios.md says what it may contain");
  }

  @Test
  void aliasOfItself_isAMistakeLikeAnyOther() {
    assertThat(mistakesOf("title: x\ninterfaces: {e: {kind: tun}}\nusers: &u {a: *u}\n"))
        .contains("users.a");
  }
}
