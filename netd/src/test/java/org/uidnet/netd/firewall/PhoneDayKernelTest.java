package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.DeviceFlag.BATTERY_SAVER;
import static org.uidnet.firewall.DeviceFlag.CHARGING;
import static org.uidnet.firewall.DeviceFlag.DATA_SAVER;
import static org.uidnet.firewall.DeviceFlag.DEVICE_IDLE;
import static org.uidnet.firewall.DeviceFlag.LOW_POWER_STANDBY;
import static org.uidnet.firewall.DeviceFlag.RESTRICTED_MODE;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.ProcessStateRequest;
import org.uidnet.api.model.UidPolicyDocument;
import org.uidnet.api.model.VerdictReport;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.ProcessState;
import org.uidnet.firewall.UidPolicy;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.PhoneOracle;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.stats.CounterSet;

/**
 * The shortened day of a phone, told over HTTP to a daemon of its own: what real connections meet,
 * and the verdicts, are what {@link PhoneOracle} says. The daemon is killed on the way.
 */
@KernelTest
@Timeout(120)
class PhoneDayKernelTest {
  private static final String INTERFACE = "veth0";

  private FirewallHost host;
  private Sockets clients;
  private Socket listener;
  private final Set<DeviceFlag> device = EnumSet.noneOf(DeviceFlag.class);
  private final Set<Long> foreground = new TreeSet<>();
  private final Map<Long, Set<String>> allowlists = new TreeMap<>();
  private final Map<Long, UidPolicy> policies = new TreeMap<>();
  private final Set<Long> idle = new TreeSet<>();
  private boolean metered;
  private boolean backgroundRules;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.startedAmongClients("fwday");
    clients = host.clients();
    listener = host.servers().server("tcp", false);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void everyConnection_meetsWhatTheTableSays() throws IOException {
    compare("nothing was told");

    device(CHARGING, true);
    device(DEVICE_IDLE, true);
    idle(UID);
    compare("night");
    allow("power-save", OTHER);
    compare("night, one is spared");

    device(DEVICE_IDLE, false);
    compare("morning, still charging");
    device(CHARGING, false);
    compare("off the charger");
    process(UID, ProcessState.TOP);
    compare("it is used");

    metered(true);
    device(DATA_SAVER, true);
    compare("on the way");
    policy(OTHER, UidPolicy.ALLOW_METERED_BACKGROUND);
    compare("on the way, one is exempt");
    host.kill();
    host.start();
    compare("after a restart");

    process(UID, ProcessState.CACHED_EMPTY);
    device(DATA_SAVER, false);
    device(BATTERY_SAVER, true);
    compare("battery low");
    policy(OTHER, UidPolicy.REJECT_METERED_BACKGROUND);
    compare("battery low, one is rejected");

    metered(false);
    device(BATTERY_SAVER, false);
    device(LOW_POWER_STANDBY, true);
    allow("low-power-standby", OTHER);
    device(RESTRICTED_MODE, true);
    compare("evening");
    device(RESTRICTED_MODE, false);
    process(UID, ProcessState.TOP);
    compare("late evening");
    device(LOW_POWER_STANDBY, false);
    setBackgroundRules();
    compare("background rules");
  }

  /** As processes say, until a set is chosen by hand, and then from their next change on. */
  @Test
  void processes_chooseTheCounterSet() throws IOException {
    process(UID, ProcessState.TOP);
    assertThat(host.send(ApiRequest.uid(UID)).set()).isEqualTo(CounterSet.FOREGROUND);
    host.send(ApiRequest.setCounterSet(UID, CounterSet.DEFAULT));
    process(UID, ProcessState.FOREGROUND_SERVICE);
    assertThat(host.send(ApiRequest.uid(UID)).set()).isEqualTo(CounterSet.DEFAULT);
    host.send(ApiRequest.setCounterSet(UID, CounterSet.FOREGROUND));
    process(UID, ProcessState.CACHED_EMPTY);
    assertThat(host.send(ApiRequest.uid(UID)).set()).isEqualTo(CounterSet.DEFAULT);
  }

  private void device(DeviceFlag flag, boolean on) throws IOException {
    host.send(ApiRequest.changeDeviceState(DeviceState.changing(Map.of(flag, on))));
    device.remove(flag);
    device.addAll(on ? Set.of(flag) : Set.of());
  }

  private void process(long uid, ProcessState state) throws IOException {
    host.send(ApiRequest.reportProcess(uid, ProcessStateRequest.of(state, List.of())));
    foreground.remove(uid);
    foreground.addAll(state == ProcessState.TOP ? Set.of(uid) : Set.of());
  }

  private void idle(long uid) throws IOException {
    host.send(ApiRequest.setIdle(uid, true));
    idle.add(uid);
  }

  private void allow(String list, long uid) throws IOException {
    host.send(ApiRequest.setAllowlisted(list, uid, true));
    allowlists.computeIfAbsent(uid, u -> new TreeSet<>()).add(list);
  }

  private void policy(long uid, UidPolicy policy) throws IOException {
    host.send(ApiRequest.setPolicy(uid, UidPolicyDocument.named(policy.name())));
    policies.put(uid, policy);
  }

  private void metered(boolean on) throws IOException {
    InterfaceFacts facts =
        new InterfaceFacts(
            Optional.of(on),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    host.send(ApiRequest.setInterface(INTERFACE, facts));
    metered = on;
  }

  private void setBackgroundRules() throws IOException {
    host.send(ApiRequest.setEnabled("background", true));
    backgroundRules = true;
  }

  private void compare(String when) throws IOException {
    compare(when, UID);
    compare(when, OTHER);
  }

  private void compare(String when, long uid) throws IOException {
    Set<String> expected = oracle(uid).reasons(uid, metered);
    VerdictReport verdict = host.verdict(uid, Map.of("iface", INTERFACE));
    assertThat(new TreeSet<>(verdict.reasons())).as("%s, UID %d", when, uid).isEqualTo(expected);
    assertThat(host.tryConnect(clients, listener, uid).equals("ok"))
        .as("%s, UID %d connects", when, uid)
        .isEqualTo(expected.isEmpty());
  }

  private PhoneOracle oracle(long uid) {
    return new PhoneOracle(
        device,
        foreground.contains(uid),
        allowlists.getOrDefault(uid, Set.of()),
        idle.contains(uid),
        policies.getOrDefault(uid, UidPolicy.NONE),
        false,
        backgroundRules);
  }
}
