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
import org.uidnet.netd.testing.MockedSession;

/** On a real bus, with a systemd-logind that dbusmock plays. */
@Timeout(60)
class LogindTest {
  @TempDir Path directory;

  private Listening listening;
  private MockedSession session;

  @BeforeEach
  void start() throws IOException {
    listening = Listening.to(directory, LOGIND);
    session = MockedSession.startedOn(listening.bus());
  }

  @AfterEach
  void close() {
    listening.close();
  }

  @Test
  void screen_isOffWhileLockedOrIdle() {
    session.logIn();
    listening.await(SCREEN_ON, true);
    session.setLocked(true);
    listening.await(SCREEN_ON, false);
    session.setIdle(true);
    session.setLocked(false);
    session.setIdle(false);
    listening.await(SCREEN_ON, true);
    session.setIdle(true);
    listening.await(SCREEN_ON, false);
    assertThat(listening.device()).as("doze is nobody's to turn on").containsOnlyKeys(SCREEN_ON);
  }

  @Test
  void closedLid_hidesTheScreen_unlessItIsDocked() {
    session.addLid();
    session.logIn();
    listening.await(SCREEN_ON, true);
    session.set("LidClosed", true);
    listening.await(SCREEN_ON, false);
    session.set("Docked", true);
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
    session.set("PreparingForSleep", true);
    listening.awaitSleep("falls asleep");
    session.set("IdleHint", true); // another look
    session.set("PreparingForSleep", false);
    listening.awaitSleep("falls asleep", "woke up");
  }
}
