package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.DeviceFlag.CHARGING;
import static org.uidnet.netd.dbus.HostService.LOGIND;
import static org.uidnet.netd.dbus.HostService.UPOWER;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.uidnet.netd.testing.PrivateBus;

/** Services and buses that come and go. */
@Timeout(60)
class HostInputsTest {
  private static final String NAME = "org.freedesktop.UPower";
  private static final String PATH = "/org/freedesktop/UPower";

  @TempDir Path directory;

  private final Logger logger = (Logger) LoggerFactory.getLogger(HostInputs.class.getPackageName());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Listening listening;

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger.addAppender(log);
    listening = Listening.to(directory, UPOWER, LOGIND);
  }

  @AfterEach
  void close() {
    listening.close();
    logger.detachAppender(log);
  }

  private PrivateBus bus() {
    return listening.bus();
  }

  private void startUpower() throws IOException {
    bus().start("upower", NAME, "{}");
    bus().set(NAME, PATH + "/devices/DisplayDevice", NAME + ".Device", "IsPresent", "boolean:true");
  }

  private void setOnBattery(boolean on) {
    bus().set(NAME, PATH, NAME, "OnBattery", "boolean:" + on);
  }

  private long logged(String text) {
    return log.list.stream().filter(event -> event.getFormattedMessage().contains(text)).count();
  }

  @Test
  void absentService_isReportedOnce_andTheOthersAreHeard() throws IOException {
    startUpower();
    listening.await(CHARGING, true);
    setOnBattery(true);
    listening.await(CHARGING, false);
    setOnBattery(false);
    listening.await(CHARGING, true);
    assertThat(logged("logind: org.freedesktop.login1 is not on the bus")).isEqualTo(1);
    assertThat(listening.status(LOGIND).trouble())
        .contains("org.freedesktop.login1 is not on the bus");
    assertThat(listening.status(UPOWER).heard()).isTrue();
  }

  @Test
  void serviceThatGoesAndComesBack_isHeardAgain_andWhatItSaidHoldsMeanwhile() throws IOException {
    startUpower();
    setOnBattery(true);
    listening.await(CHARGING, false);
    bus().kill("upower");
    listening.awaitTrouble(UPOWER, NAME + " is not on the bus");
    assertThat(listening.device()).containsEntry(CHARGING, false);
    startUpower();
    listening.await(CHARGING, true);
    listening.awaitHeard(UPOWER);
  }

  @Test
  void busThatIsKilled_isReportedOnce_andFoundAgain() throws IOException {
    startUpower();
    listening.await(CHARGING, true);
    bus().kill();
    listening.awaitTrouble(UPOWER, "no message bus answers at " + bus().address());
    listening.awaitTrouble(LOGIND, "no message bus answers");
    bus().restart();
    startUpower();
    setOnBattery(true);
    listening.await(CHARGING, false);
    assertThat(logged("no message bus answers")).isEqualTo(1);
  }

  @Test
  void nextDaemon_doesNotRepeatWhatWasSaid() throws IOException {
    startUpower();
    listening.await(CHARGING, true);
    listening.end();
    int said = listening.speakers().size();
    listening.startAgain();
    listening.awaitHeard(UPOWER);
    assertThat(listening.speakers()).hasSize(said);
    setOnBattery(true);
    listening.await(CHARGING, false);
  }

  @Test
  void fileThatHoldsNoWords_onlyMakesThemBeSaidAgain() throws IOException {
    startUpower();
    listening.await(CHARGING, true);
    listening.end();
    int said = listening.speakers().size();
    Files.writeString(directory.resolve("inputs.json"), "{\"UPOWER\": ");
    listening.startAgain();
    listening.awaitHeard(UPOWER);
    assertThat(listening.speakers()).hasSize(said + 1);
    assertThat(logged("inputs.json cannot be read")).isEqualTo(1);
  }
}
