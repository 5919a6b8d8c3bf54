package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.dbus.HostService.NETWORKMANAGER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.testing.MockedNetworks;

/** On a real bus, with a NetworkManager that dbusmock plays. */
@Timeout(60)
class NetworkManagerTest {
  private static final long UNKNOWN = 0;
  private static final long YES = 1;
  private static final long NO = 2;
  private static final long GUESS_YES = 3;

  @TempDir Path directory;

  private Listening listening;
  private MockedNetworks networks;

  @BeforeEach
  void start() throws IOException {
    listening = Listening.to(directory, NETWORKMANAGER);
    networks = MockedNetworks.startedOn(listening.bus());
    listening.awaitHeard(NETWORKMANAGER);
  }

  @AfterEach
  void close() {
    listening.close();
  }

  private static Facts.Network network(boolean metered, String name) {
    return new Facts.Network(metered, Optional.of(name));
  }

  @Test
  void connection_namesTheNetwork_untilItEnds() {
    networks.addWifi("wlan0", UNKNOWN);
    networks.connect("wlan0", "Home, sweet");
    listening.awaitNetwork("wlan0", network(false, "Home, sweet"));
    networks.disconnect("wlan0");
    listening.awaitNetwork("wlan0", Facts.Network.NONE);
  }

  @Test
  void metered_isWhatIsKnownOrGuessed() {
    networks.addWifi("wlan0", GUESS_YES);
    networks.connect("wlan0", "Phone");
    listening.awaitNetwork("wlan0", network(true, "Phone"));
    networks.setMetered("wlan0", NO);
    listening.awaitNetwork("wlan0", network(false, "Phone"));
    networks.setMetered("wlan0", YES);
    listening.awaitNetwork("wlan0", network(true, "Phone"));
  }

  @Test
  void modem_isSpokenOfByTheInterfaceOfItsPackets() {
    networks.addWifi("cdc-wdm0", GUESS_YES);
    networks.setDevice("cdc-wdm0", "IpInterface", "string:wwan0");
    networks.connect("cdc-wdm0", "Mobile");
    listening.awaitNetwork("wwan0", network(true, "Mobile"));
    assertThat(listening.network("cdc-wdm0")).isEqualTo(Facts.Network.NONE);
  }

  @Test
  void connectionOfOthers_andVpns_areNotSpokenOf() {
    networks.addWifi("docker0", YES);
    networks.addWifi("wlan0", NO);
    networks.connect("docker0", "docker0");
    listening.awaitNetwork("docker0", network(true, "docker0"));
    networks.addToConnection("docker0", "StateFlags", "uint32:128");
    networks.connect("wlan0", "Home");
    listening.awaitNetwork("docker0", Facts.Network.NONE);
    listening.awaitNetwork("wlan0", network(false, "Home"));
    networks.setConnection("wlan0", "Vpn", "boolean:true");
    listening.awaitNetwork("wlan0", Facts.Network.NONE);
  }

  @Test
  void nameThatPolicyWouldNotTake_isMadeOne() {
    networks.addWifi("wlan0", NO);
    networks.connect("wlan0", "a\tb" + "x".repeat(200));
    listening.awaitNetwork("wlan0", network(false, "a b" + "x".repeat(97)));
  }
}
