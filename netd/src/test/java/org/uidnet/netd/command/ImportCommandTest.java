package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportCommandTest extends CommandTest {
  private static final String IMPORTS = "/v1/usage/imports";
  private static final String STORED =
      "{'outcome':'%s','recording':{'recorder':'uid','name':'uid.1-2','keys':3,'buckets':10,"
          + "'rxBytes':2048,'rxPackets':5,'txBytes':1024,'txPackets':4}}";

  private Path netstats;

  @BeforeEach
  void makeFolder() throws IOException {
    netstats = Files.createDirectory(dir.resolve("netstats"));
    Files.writeString(netstats.resolve("uid.1-2"), "one");
    Files.writeString(netstats.resolve("uid.3-"), "two");
    Files.writeString(netstats.resolve("import.attempts"), "other");
  }

  @Test
  void android_sendsEachRecording_andTellsSums() {
    daemon
        .reply(IMPORTS, 200, STORED.formatted("IMPORTED"))
        .reply(IMPORTS, 200, STORED.formatted("UNCHANGED"));

    assertThat(run("import", "android", netstats.toString())).isZero();

    assertThat(daemon.requests())
        .containsExactly(
            "POST " + IMPORTS + "?name=uid.1-2",
            "POST " + IMPORTS + "?name=uid.3-",
            "GET /v1/health");
    assertThat(daemon.bodies()).startsWith("one", "two");
    assertThat(out())
        .isEqualTo(
            """
            importing: 50 %
            importing: 100 %
            RECORDER  FILES  BUCKETS  RECEIVED      SENT
            uid           2       20  4.00 KiB  2.00 KiB
            1 imported, 1 unchanged
            """);
    assertThat(err()).isEmpty();
  }

  @Test
  void android_withARefusedRecording_goesOnAndFails() {
    daemon
        .reply(IMPORTS, 400, "{'status':400,'detail':'uid.1-2, byte 0: no'}")
        .reply(IMPORTS, 200, STORED.formatted("IMPORTED"));

    assertThat(run("import", "android", netstats.toString())).isEqualTo(ExitCode.FAILED);

    assertThat(err()).isEqualTo("not imported: " + netstats + "/uid.1-2: uid.1-2, byte 0: no\n");
    assertThat(out()).endsWith("1 imported, 1 refused\n");
  }

  @Test
  void android_notPermitted_stopsAtOnce() {
    daemon.refuse(IMPORTS, 403, "Only root");

    assertThat(run("import", "android", netstats.toString())).isEqualTo(ExitCode.NOT_PERMITTED);

    assertThat(daemon.requests()).hasSize(1);
    assertThat(err()).contains("the daemon refused (403): Only root");
  }

  @Test
  void android_json_isTheAnswersAsTheyCame() {
    daemon.reply(IMPORTS, 200, "{'outcome':'IMPORTED','new':1,'recording':{}}");

    assertThat(run("import", "android", netstats.toString(), "--json")).isZero();

    assertThat(out()).contains("\"new\" : 1");
  }

  @Test
  void history_sendsTheFile_underTheHostItIsNamedAfter() throws IOException {
    daemon.reply(
        IMPORTS,
        200,
        "{'outcome':'IMPORTED','recording':{'recorder':'history','name':'laptop','buckets':10,"
            + "'rxBytes':2048,'txBytes':1024}}");
    Path file = Files.writeString(dir.resolve("laptop.jsonl"), "{}");

    assertThat(run("import", "history", file.toString())).isZero();
    assertThat(run("import", "history", "--source", "pc", file.toString())).isZero();

    assertThat(daemon.requests())
        .contains(
            "POST " + IMPORTS + "?format=jsonl&source=laptop",
            "POST " + IMPORTS + "?format=jsonl&source=pc");
    assertThat(daemon.bodies()).startsWith("{}");
    assertThat(out()).contains("history       1       10  2.00 KiB  1.00 KiB\n1 imported\n");
  }

  @Test
  void android_ofNothing_saysSo() throws IOException {
    Path empty = Files.createDirectory(dir.resolve("empty"));

    assertThat(run("import", "android", empty.toString())).isZero();
    assertThat(run("import", "android", dir.resolve("none").toString())).isEqualTo(2);
    assertThat(runAsItIs("import")).isEqualTo(2);

    assertThat(out()).isEqualTo("there are no recordings\n");
    assertThat(err()).contains("cannot read " + dir.resolve("none"));
  }
}
