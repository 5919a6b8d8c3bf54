package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.DeviceFlag.SCREEN_ON;
import static org.uidnet.netd.dbus.HostService.LOGIND;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real bus, with a systemd-logind that dbusmock plays. */
@Timeout(60)
class LogindTest {
  private static final String NAME = "org.freedesktop.login1";
  private static final String PATH = "/org/freedesktop/login1";
  private static final String MANAGER = NAME + ".Manager";
  private static final String SESSION = PATH + "/session/c1";

  @TempDir Path directory;

  private Listening listening;

  @BeforeEach
  void start() throws IOException {
    listening = Listening.to(directory, LOGIND);
    listening.bus().start("logind", NAME, "{}");
  }

  @AfterEach
  void close() {
    listening.close();
  }

  private void logIn() {
    listening
        .bus()
        .call(
            NAME,
            PATH,
            "org.freedesktop.DBus.Mock.AddSession",
            "string:c1",
            "string:seat0",
            "uint32:1000",
            "string:ann",
            "boolean:true");
  }

  private void setSession(String property, boolean value) {
    listening.bus().set(NAME, SESSION, NAME + ".Session", property, "boolean:" + value);
  }

  private void setManager(String property, boolean value) {
    listening.bus().set(NAME, PATH, MANAGER, property, "boolean:" + value);
  }

  @Test
  void screen_isOffWhileLockedOrIdle() {
    logIn();
    listening.await(SCREEN_ON, true);
    setSession("LockedHint", true);
    listening.await(SCREEN_ON, false);
    setSession("IdleHint", true);
    setSession("LockedHint", false);
    setSession("IdleHint", false);
    listening.await(SCREEN_ON, true);
    setSession("IdleHint", true);
    listening.await(SCREEN_ON, false);
    assertThat(listening.device()).as("doze is nobody's to turn on").containsOnlyKeys(SCREEN_ON);
  }

  @Test
  void closedLid_hidesTheScreen_unlessItIsDocked() {
    listening.bus().add(NAME, PATH, MANAGER, "LidClosed", "boolean:false");
    listening.bus().add(NAME, PATH, MANAGER, "Docked", "boolean:false");
    logIn();
    listening.await(SCREEN_ON, true);
    setManager("LidClosed", true);
    listening.await(SCREEN_ON, false);
    setManager("Docked", true);
    listening.await(SCREEN_ON, true);
  }

  @Test
  void hostWithoutASession_isNotSpokenOf() {
    listening.awaitHeard(LOGIND);
    assertThat(listening.device()).isEmpty();
  }

  @Test
  void sleep_isToldBeforeAndAfter_once() {
    listening.awaitHeard(LOGIND);
    setManager("PreparingForSleep", true);
    listening.awaitSleep("falls asleep");
    setManager("IdleHint", true); // another look
    setManager("PreparingForSleep", false);
    listening.awaitSleep("falls asleep", "woke up");
  }
}
