package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Verdict.Effect;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.MockedNetworks;
import org.uidnet.netd.testing.MockedSession;
import org.uidnet.netd.testing.PrivateBus;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/**
 * What real connections meet under rules of a file, as the device and its networks change: told
 * over HTTP, and by services of the host over D-Bus.
 */
@KernelTest
@Timeout(120)
class OwnRulesTest {
  private static final String INTERFACE = "veth0";
  private static final String REFUSED = "EPERM";
  private static final String PASSES = "ok";
  private static final long GUESS_YES = 3;

  private static final String RULES =
      """
      rules:
        - {name: nobody looks, deny: %1$d, when: {screenOn: off}}
        - {name: it costs, deny: %1$d, when: {metered: true}}
        - {deny: %2$d, when: {network: "Cafe*"}}
      """
          .formatted(UID, OTHER);

  private static final String NOBODY_LOOKS = "denied by rule 'nobody looks', line 2";
  private static final String IT_COSTS = "denied by rule 'it costs', line 3";
  private static final String IN_A_CAFE = "denied by rule in line 4";

  @TempDir Path directory;

  /** A daemon that knows the rules, and clients of it. */
  private final class Ruled {
    private final FirewallHost host;
    private final Sockets clients;
    private final Socket listener;

    Ruled(FirewallHost host) throws IOException {
      this.host = host;
      clients = host.clients();
      listener = host.servers().server("tcp", false);
      Path file = Files.writeString(directory.resolve("rules.yaml"), RULES);
      assertThat(host.command("rules", "set", file.toString())).isZero();
    }

    private void awaitConnect(long uid, String outcome) {
      Settled.assertEquals(
          "a connection of " + uid, () -> host.tryConnect(clients, listener, uid), () -> outcome);
    }

    /** In time, and by that rule alone. */
    void awaitRefused(long uid, String detail) throws IOException {
      Settled.assertEquals("details of " + uid, () -> blocks(uid), () -> List.of(detail));
      awaitConnect(uid, REFUSED);
    }

    private List<String> blocks(long uid) throws IOException {
      return host.verdict(uid, Map.of("iface", INTERFACE)).chain().stream()
          .filter(step -> step.effect() == Effect.BLOCKS)
          .map(step -> step.detail().orElse(step.chain()))
          .toList();
    }

    void awaitPassing(long uid) throws IOException {
      Settled.assertEquals("details of " + uid, () -> blocks(uid), List::of);
      awaitConnect(uid, PASSES);
    }
  }

  @Test
  void rules_followWhatIsToldOverHttp() throws IOException {
    try (FirewallHost host = FirewallHost.startedAmongClients("fwrules")) {
      Ruled ruled = new Ruled(host);
      ruled.awaitRefused(UID, NOBODY_LOOKS);
      setScreen(host, true);
      ruled.awaitPassing(UID);
      setInterface(host, InterfaceFacts.PLAIN.withMetered(true).withNetwork("Cafe Rose"));
      ruled.awaitRefused(UID, IT_COSTS);
      ruled.awaitRefused(OTHER, IN_A_CAFE);
      setInterface(host, InterfaceFacts.PLAIN);
      ruled.awaitPassing(UID);
      ruled.awaitPassing(OTHER);
    }
  }

  private static void setScreen(FirewallHost host, boolean on) throws IOException {
    host.send(ApiRequest.changeDeviceState(DeviceState.changing(Map.of(DeviceFlag.SCREEN_ON, on))));
  }

  private static void setInterface(FirewallHost host, InterfaceFacts facts) throws IOException {
    host.send(ApiRequest.setInterface(INTERFACE, facts));
  }

  @Test
  void connection_isCutWhenARuleBeginsToHold() throws IOException {
    try (FirewallHost host = FirewallHost.startedAmongClients("fwrules")) {
      Ruled ruled = new Ruled(host);
      setScreen(host, true);
      try (var connection = host.connect(ruled.clients, ruled.listener, UID)) {
        connection.assertCarries();
        setScreen(host, false);
        assertThat(connection.client().send(5)).isNotEqualTo("5");
      }
    }
  }

  @Test
  void rules_followWhatServicesOfTheHostSay() throws IOException {
    try (PrivateBus bus = PrivateBus.in(directory)) {
      MockedSession session = MockedSession.startedOn(bus);
      MockedNetworks networks = MockedNetworks.startedOn(bus);
      networks.addWifi(INTERFACE, GUESS_YES);
      try (FirewallHost host = FirewallHost.startedListening("fwrules", bus)) {
        Ruled ruled = new Ruled(host);
        ruled.awaitRefused(UID, NOBODY_LOOKS);
        session.logIn();
        ruled.awaitPassing(UID);
        session.setLocked(true);
        ruled.awaitRefused(UID, NOBODY_LOOKS);
        session.setLocked(false);
        networks.connect(INTERFACE, "Cafe Rose");
        ruled.awaitRefused(UID, IT_COSTS);
        ruled.awaitRefused(OTHER, IN_A_CAFE);
        networks.disconnect(INTERFACE);
        ruled.awaitPassing(UID);
        ruled.awaitPassing(OTHER);
      }
    }
  }
}
