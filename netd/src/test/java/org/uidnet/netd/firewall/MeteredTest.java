package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.SOON;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Verdict.RefusedBy;
import org.uidnet.netd.firewall.FirewallHost.Connection;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/** Rules that depend on the interface, where a connection fails by its first dropped packet. */
@KernelTest
@Timeout(60)
class MeteredTest {
  private static final String INTERFACE = "veth0";
  private static final String ENDED = "ECONNABORTED";
  private static final Map<String, String> OVER_WIRE = Map.of("iface", INTERFACE);
  private static final Map<String, String> ELSEWHERE = Map.of("metered", "false");

  private FirewallHost host;
  private Sockets clients;
  private Socket listener;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.startedAmongClients("fwmeter");
    clients = host.clients();
    listener = host.servers().server("tcp", false);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  private void setMetered(boolean metered) throws IOException {
    var facts = InterfaceFacts.PLAIN.withMetered(metered);
    change("PUT", "/v1/interfaces/" + INTERFACE, facts);
  }

  private void setDataSaver(boolean on) throws IOException {
    change("PATCH", "/v1/device-state", DeviceState.changing(Map.of(DeviceFlag.DATA_SAVER, on)));
  }

  private void change(String method, String path, Object body) throws IOException {
    var request = new ApiRequest<>(method, path, Optional.of(body), Change.class);
    assertThat(host.send(request).problems()).isEmpty();
  }

  private String tryConnect(long uid) {
    return host.tryConnect(clients, listener, uid);
  }

  @Test
  void dataSaver_onMeteredNetworks_endsConnectsAtOnce() throws IOException {
    setDataSaver(true);
    assertThat(tryConnect(UID)).isEqualTo("ok");

    setMetered(true);
    assertThat(tryConnect(UID)).isEqualTo(ENDED);
    host.assertBlocked(UID, OVER_WIRE, RefusedBy.PACKET, "metered-allow");
    assertThat(host.verdict(UID, ELSEWHERE).blocked()).isFalse();

    setDataSaver(false);
    assertThat(tryConnect(UID)).isEqualTo("ok");
    assertThat(host.verdict(UID, OVER_WIRE).blocked()).isFalse();
  }

  @Test
  void dataSaver_exempted_passes() throws IOException {
    setMetered(true);
    host.send(ApiRequest.replaceUids("metered-allow", List.of(OTHER)));
    try (Connection wanted = host.connect(clients, listener, UID);
        Connection exempt = host.connect(clients, listener, OTHER)) {
      setDataSaver(true);

      assertThat(wanted.client().send(5)).isEqualTo("5");
      assertThat(wanted.client().receive(SOON)).isEqualTo(ENDED);
      exempt.assertCarries();
    }
    assertThat(tryConnect(OTHER)).isEqualTo("ok");
    assertThat(host.verdict(OTHER, OVER_WIRE).blocked()).isFalse();
  }

  @Test
  void meteredDenylist_listed_endsConnectsAtOnce() throws IOException {
    setMetered(true);
    host.send(ApiRequest.replaceUids("metered-deny-user", List.of(UID)));

    assertThat(tryConnect(UID)).isEqualTo(ENDED);
    assertThat(tryConnect(OTHER)).isEqualTo("ok");
    host.assertBlocked(UID, OVER_WIRE, RefusedBy.PACKET, "metered-deny-user");
  }
}
