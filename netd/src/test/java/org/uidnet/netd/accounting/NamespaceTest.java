package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.model.UsageRow;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Kind;

/** Traffic of other network and user namespaces: where it is filed, and whose it is. */
@KernelTest
@Timeout(60)
class NamespaceTest {
  private static final long UID = 10123;
  private static final int IP_AND_UDP = 28;
  private static final int WINDOW = 32;

  /** Both ends are the same UID's, so that nothing but the namespace tells them apart. */
  @Test
  void summary_sameIfindexInTwoNamespaces_staysApart() throws IOException {
    HostKernel.assumeNamespaceCookies();
    try (TestDaemon daemon = TestDaemon.started();
        VethPair pair = new VethPair("twin", 1500, true)) {
      assertSentAndReceivedApart(daemon, pair);
    }
  }

  /** The daemon has looked at the namespaces before their first packet. */
  @Test
  void summary_namespacesOlderThanTheDaemon_staysApart() throws IOException {
    HostKernel.assumeNamespaceCookies();
    try (VethPair pair = new VethPair("twin", 1500, true);
        TestDaemon daemon = TestDaemon.started()) {
      assertSentAndReceivedApart(daemon, pair);
    }
  }

  /** Its name stays the same, so its history goes on. */
  @Test
  @Tag("fault")
  void summary_interfaceMadeAgainWithAnotherIndex_goesOnUnderItsName() throws IOException {
    HostKernel.assumeNamespaceCookies();
    try (TestDaemon daemon = TestDaemon.started();
        VethPair pair = new VethPair("again", 1500, true)) {
      send(daemon, pair, 700, WINDOW);
      List<UsageRow> before = daemon.summary("uid,iface,netns");
      assertThat(before).hasSize(2);

      pair.makeAgain(4711);
      assertThat(ifindex(pair, pair.clientNamespace())).isEqualTo("4711");
      send(daemon, pair, 700, WINDOW);
      assertThat(daemon.summary("uid,iface,netns"))
          .extracting(UsageRow::iface, UsageRow::traffic)
          .containsExactlyInAnyOrderElementsOf(
              before.stream().map(row -> tuple(row.iface(), twice(row.traffic()))).toList());
    }
  }

  private static Traffic twice(Traffic traffic) {
    return traffic.plus(traffic);
  }

  private static void assertSentAndReceivedApart(TestDaemon daemon, VethPair pair)
      throws IOException {
    assertThat(ifindex(pair, pair.clientNamespace()))
        .isEqualTo(ifindex(pair, pair.serverNamespace()));
    int datagrams = 20 * WINDOW;
    int size = 700;
    send(daemon, pair, size, datagrams);
    long bytes = (long) datagrams * (size + IP_AND_UDP);
    long acknowledgements = datagrams / WINDOW;
    long back = acknowledgements * (1 + IP_AND_UDP);

    List<UsageRow> rows = daemon.summary("uid,iface,netns");
    assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.uid()).contains(UID));
    assertThat(rows).extracting(row -> row.netns().orElseThrow()).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.iface()).contains("netns:" + row.netns().orElseThrow() + "/veth0"));
    Map<Long, Traffic> byNamespace =
        rows.stream()
            .collect(Collectors.toMap(row -> row.netns().orElseThrow(), UsageRow::traffic));
    assertThat(byNamespace.values())
        .containsExactlyInAnyOrder(
            new Traffic(back, acknowledgements, bytes, datagrams),
            new Traffic(bytes, datagrams, back, acknowledgements));
  }

  private static void send(TestDaemon daemon, VethPair pair, int size, int datagrams) {
    String address = pair.serverAddress(false);
    try (var server =
        daemon
            .traffic()
            .namespace(pair.serverNamespace())
            .as(UID)
            .serve("udp-serve", address, 5201, datagrams)) {
      daemon
          .traffic()
          .namespace(pair.clientNamespace())
          .as(UID)
          .run("udp-send", address, 5201, size, datagrams, "plain");
      assertThat(server.bytes()).isEqualTo((long) size * datagrams);
    }
  }

  @Test
  void usage_ownUserNamespace_isTheRealUids() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      daemon.traffic().as(UID).unshared().run("udp-pairs", 4, 1000);

      assertThat(daemon.summary("uid"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.kind()).contains(Kind.UID);
                assertThat(row.uid()).contains(UID);
                assertThat(row.traffic()).isEqualTo(looped(1000));
              });
    }
  }

  /** Two users, each root in a user namespace of its own, and real root beside them. */
  @Test
  void usage_severalUserNamespaces_staysApart() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      daemon.traffic().as(UID).unshared().run("udp-pairs", 4, 1000);
      daemon.traffic().as(70_000).unshared().run("udp-pairs", 4, 300);
      daemon.traffic().run("udp-pairs", 4, 20);

      assertThat(daemon.usage(UID)).isEqualTo(looped(1000));
      assertThat(daemon.usage(70_000)).isEqualTo(looped(300));
      assertThat(daemon.usage(0)).isEqualTo(looped(20));
      assertThat(daemon.summary("uid")).hasSize(3);
    }
  }

  /** Nobody saw who made them; inside their namespace they are root's. */
  @Test
  void usage_socketsOfForeignNamespaceOlderThanAttachment_isForeign() throws IOException {
    HostKernel.assumeNamespaceCookies();
    try (TestDaemon daemon = new TestDaemon();
        var held = daemon.traffic().as(UID).unshared().serve("udp-pairs", 4, 1000, "held")) {
      daemon.start();
      held.release();
      daemon.traffic().as(UID).unshared().run("udp-pairs", 4, 300);

      Map<Kind, UsageRow> rows =
          daemon.summary("uid,netns").stream()
              .collect(Collectors.toMap(row -> row.kind().orElseThrow(), row -> row));
      assertThat(rows).containsOnlyKeys(Kind.FOREIGN, Kind.UID);
      UsageRow foreign = rows.get(Kind.FOREIGN);
      UsageRow known = rows.get(Kind.UID);
      assertThat(foreign.uid()).isEmpty();
      assertThat(foreign.traffic()).isEqualTo(looped(1000));
      assertThat(known.uid()).contains(UID);
      assertThat(known.traffic()).isEqualTo(looped(300));
      assertThat(foreign.netns()).isPresent().isNotEqualTo(known.netns());
    }
  }

  private static String ifindex(VethPair pair, String namespace) {
    return pair.in(namespace, "cat /sys/class/net/veth0/ifindex");
  }

  /** Datagrams of 64 bytes to oneself. */
  private static Traffic looped(int datagrams) {
    long bytes = datagrams * (64L + IP_AND_UDP);
    return new Traffic(bytes, datagrams, bytes, datagrams);
  }
}
