package org.uidnet.netd.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.SessionCodeRequest;
import org.uidnet.netd.accounting.TestDaemon;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;

/** The dashboard of a daemon on this kernel, in a real browser, under real traffic. */
@KernelTest
@Timeout(180)
class DashboardTest {
  private static final long UID = 31_701;
  private static final long ANOTHER = 31_702;
  private static final String ROW = "tr:has(a[href='#uid=" + UID + "'])";
  private static final String BLOCK = "[aria-label='Block UID " + UID + "']";
  private static final String PICTURE =
      "return document.querySelector('#chart canvas').toDataURL()";
  private static final String CODES = "/v1/session/codes";
  private static final Pattern URL = Pattern.compile("http://[^\"]*");

  private static TestDaemon daemon;
  private Browser browser;

  @BeforeAll
  static void startDaemon() throws IOException {
    daemon = TestDaemon.startedWithPages();
    Files.setPosixFilePermissions(daemon.directory(), PosixFilePermissions.fromString("rwx--x--x"));
    for (long uid : new long[] {UID, ANOTHER}) {
      daemon.client().send(ApiRequest.setRule("oem-deny-1", uid, RuleRequest.DENY)); // now known
    }
  }

  @AfterAll
  static void stopDaemon() throws IOException {
    daemon.close();
  }

  @BeforeEach
  void startBrowser() {
    browser = Browser.open();
  }

  @AfterEach
  void endBrowser() throws IOException {
    String own = "http://" + daemon.http() + "/";
    try {
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(own));
    } finally {
      browser.close();
    }
  }

  private static String link(SessionCodeRequest request) throws IOException {
    return daemon.client().send(ApiRequest.sessionCode(request)).url();
  }

  private void enter() throws IOException {
    browser.show(link(SessionCodeRequest.SAME));
    browser.awaitText("#connection", "Live");
  }

  @Test
  void link_opensThePageOnce() throws IOException {
    String link = link(SessionCodeRequest.SAME);

    browser.show(link);
    browser.awaitText("#connection", "Live");

    assertThat(browser.url()).isEqualTo("http://" + daemon.http() + "/");
    browser.reload();
    browser.awaitText("#connection", "Live");
    browser.click("#sign-out");
    browser.awaitText("#entrance", "uidnet open");
    browser.show(link);
    browser.awaitText("#entrance-reason", "This code is not valid");
    assertThat(browser.complaints()).singleElement().asString().contains("401");
  }

  @Test
  void chart_movesUnderRealTraffic() throws IOException {
    enter();
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false)) {
      browser.await(
          () -> {
            send(client, server, 50);
            return browser.text("#legend").contains("UID " + UID);
          },
          () -> "nothing of the UID in " + browser.text("#legend"));
      Object before = browser.run(PICTURE);
      browser.await(
          () -> {
            send(client, server, 200);
            return !browser.run(PICTURE).equals(before);
          },
          () -> "the chart stands still");
      daemon.client().poll();
      browser.awaitText(ROW + " td.sent", "iB");
    }
    browser.photograph("live");
  }

  private static void send(Socket client, Socket server, int packets) {
    for (int i = 0; i < packets; i++) {
      client.sendTo("127.0.0.1", server.port(), 1200);
    }
  }

  @Test
  void toggle_blocks_cutsTheConnection_andSaysWhy() throws IOException {
    enter();
    try (VethPair pair = new VethPair("page", 1500, true);
        Sockets servers = new Sockets(Traffic.outside().namespace(pair.serverNamespace()));
        Sockets clients = new Sockets(daemon.traffic().namespace(pair.clientNamespace()));
        Socket server = servers.server("tcp", false);
        Socket client = clients.open(UID, "tcp", false);
        Socket later = clients.open(UID, "tcp", false)) {
      String address = pair.serverAddress(false);
      assertThat(client.connect(address, server.port(), 1000)).isEqualTo("ok");
      browser.awaitSight(BLOCK);

      browser.click(BLOCK);

      browser.awaitText("#toasts", "UID " + UID + " is blocked. 1 connection ended.");
      browser.awaitText(ROW + " .verdict", "Blocked · chain blocked");
      assertThat(client.receive(1000)).isEqualTo("ECONNABORTED");
      assertThat(later.connect(address, server.port(), 1000)).isEqualTo("EPERM");
      browser.photograph("blocked");

      browser.click(ROW + " a");
      browser.awaitText("#uid .sentence", "Blocked: chain blocked.");
      browser.awaitText("#uid .lift", "uidnet");
      browser.photograph("why-blocked");

      browser.click("#toasts button");
      browser.awaitText("#uid .sentence", "Not blocked.");
      assertThat(later.connect(address, server.port(), 1000)).isEqualTo("ok");
    }
  }

  @Test
  void timeDraggedOutOfTheChart_isWhatTheTableShows() throws IOException {
    enter();
    browser.awaitSight(".u-over");

    browser.drag(".u-over", 200, 700);

    browser.awaitSight(".badge");
    assertThat(browser.text("#users-period")).isEqualTo(browser.text(".badge span")).contains("–");
    browser.type("#chart", Keys.ESCAPE);
    browser.awaitText("#users-period", "today");
    assertThat(browser.sees(".badge")).isFalse();
  }

  @Test
  void search_leavesWhoMatches() throws IOException {
    enter();
    browser.awaitSight(BLOCK);

    browser.type("body", "/");
    browser.type("#search", Long.toString(UID));

    browser.awaitText(".users .totals", "1 of ");
    assertThat(browser.text(".users tbody")).doesNotContain("UID " + ANOTHER);
    assertThat(browser.sees(ROW)).isTrue();
  }

  @Test
  void phone_showsAllWithoutScrollingSideways() throws IOException {
    browser.resize(390, 844);
    browser.darken();
    enter();
    browser.awaitSight(BLOCK);

    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");
    browser.photograph("phone");
  }

  @Test
  void nobodyIsKeptOut() throws IOException {
    browser.show("http://" + daemon.http() + "/");
    browser.awaitSight("#entrance");
    assertThat(browser.barriers()).as("entrance").isEmpty();
    enter();
    browser.awaitSight(BLOCK);
    assertThat(browser.barriers()).as("light").isEmpty();
    browser.darken();
    browser.click(ROW + " .expander");
    assertThat(browser.barriers()).as("dark, with chains").isEmpty();
    browser.click(ROW + " a");
    browser.awaitSight("#uid .silent");
    assertThat(browser.barriers()).as("one user").isEmpty();
  }

  @Test
  void readOnlySession_offersNoSwitches() throws IOException {
    browser.show(link(SessionCodeRequest.READ));
    browser.awaitText(".users", "UID " + UID);

    assertThat(browser.sees(".rule, .more, button.chip")).isFalse();
    assertThat(browser.sees(".switch:not(:disabled)")).isFalse();
  }

  @Test
  void user_seesItsOwnPageOnly() throws IOException {
    String link = daemon.traffic().as(UID).run("http", daemon.socket(), "POST", CODES);

    browser.show(URL.matcher(link).results().findFirst().orElseThrow().group());

    browser.awaitText("#uid h1", "UID " + UID);
    browser.awaitText("#uid .sentence", "Not blocked.");
    assertThat(browser.sees("#overview, .switch, .crumbs")).isFalse();
  }

  @Test
  void daemonThatEnds_isWaitedFor() throws IOException {
    try (TestDaemon other = TestDaemon.startedWithPages()) {
      browser.show(other.client().send(ApiRequest.sessionCode(SessionCodeRequest.SAME)).url());
      browser.awaitText("#tiles", "active");
    }
    browser.awaitText("#connection", "Reconnecting …");
    assertThat(browser.complaints()).allMatch(line -> line.contains("ERR_"));
    assertThat(browser.requests()).noneMatch(url -> url.contains("example"));
    browser.show("http://" + daemon.http() + "/");
  }
}
