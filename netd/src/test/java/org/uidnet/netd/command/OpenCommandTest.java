package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenCommandTest extends CommandTest {
  private static final String CODES = "/v1/session/codes";
  private static final String URL = "http://127.0.0.1:8477/#code=SECRET";

  @BeforeEach
  void giveCodes() {
    daemon.reply(CODES, 200, "{'code':'SECRET','url':'" + URL + "','role':'ADMIN'}");
  }

  @Test
  void open_printsTheUrl() {
    assertThat(run("open")).as(err()).isZero();

    assertThat(daemon.requests()).startsWith("POST " + CODES);
    assertThat(daemon.bodies().get(0)).isEqualTo("{}");
    assertThat(out()).isEqualTo(URL + "\n");
    assertThat(err())
        .isEqualTo(
            "note: open it in a browser of this host within 90 seconds; it is good for one login\n");
  }

  @Test
  void readOnly_asksForThat() {
    assertThat(run("open", "--read-only")).isZero();

    assertThat(daemon.bodies().get(0)).isEqualTo("{\"role\":\"READ\"}");
  }

  @Test
  void json_isTheAnswerAsItCame() {
    assertThat(run("open", "--json")).isZero();

    assertThat(out()).contains("\"url\" : \"" + URL + "\"");
    assertThat(err()).isEmpty();
  }

  @Test
  void refusal_isToldWithItsExitCode() {
    daemon.replyInstead(
        CODES,
        403,
        "{'type':'/problems/own-only','title':'No','status':403,'detail':'Not yours.'}");

    assertThat(run("open", "--read-only")).isEqualTo(ExitCode.NOT_PERMITTED);
  }

  @Test
  void browser_isShownAPageOfTheUsersOwn_soThatNobodyReadsTheCodeAmongProcesses()
      throws IOException, InterruptedException {
    Path opened = fakeOpener();
    Map<String, String> desktop = desktop();

    assertThat(browser(true, 1000, desktop).show(URL)).isTrue();

    Path page = dir.resolve("uidnet-open.html");
    assertThat(Files.readString(awaited(opened))).isEqualTo(page + "\n");
    assertThat(page)
        .content()
        .isEqualTo("<meta http-equiv=\"refresh\" content=\"0; url=" + URL + "\">uidnet\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
  }

  @Test
  void browser_isNotShownWhereNobodyLooks_norAsRoot_norWithoutAnOpener() throws IOException {
    assertThat(browser(true, 1000, desktop()).show(URL)).isFalse(); // there is no xdg-open yet
    fakeOpener();
    assertThat(browser(false, 1000, desktop()).show(URL)).isFalse();
    assertThat(browser(true, 0, desktop()).show(URL)).isFalse();
    for (String missing : new String[] {"DISPLAY", "XDG_RUNTIME_DIR", "PATH"}) {
      Map<String, String> environment = desktop();
      environment.remove(missing);
      assertThat(browser(true, 1000, environment).show(URL)).as(missing).isFalse();
    }

    assertThat(dir.resolve("uidnet-open.html")).doesNotExist();
  }

  private Map<String, String> desktop() {
    return new HashMap<>(
        Map.of("DISPLAY", ":0", "XDG_RUNTIME_DIR", dir.toString(), "PATH", dir.toString()));
  }

  /** Writes down what it is called with. */
  private Path fakeOpener() throws IOException {
    Path opened = dir.resolve("opened");
    Path opener = dir.resolve("xdg-open");
    Files.writeString(
        opener, "#!/bin/sh\necho \"$*\" > %1$s.part\nmv %1$s.part %1$s\n".formatted(opened));
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    return opened;
  }

  /** The opener runs on its own. */
  private static Path awaited(Path file) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Files.exists(file) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    return file;
  }

  private Browser browser(boolean terminal, long uid, Map<String, String> environment) {
    Context usual = context();
    return new Browser(
        new Context(
            usual.out(), usual.err(), terminal, environment, usual.clock(), usual.names(), uid));
  }
}
