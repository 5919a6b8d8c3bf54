package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.UsageSummary;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.Resolution;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;
import org.uidnet.stats.network.RadioGroup;

/** The routes' code without a server. */
class UsageEndpointsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Caller ROOT = unix(0, Caller.Role.ADMIN);

  private final FakeUsage usage = new FakeUsage();
  private final UsageEndpoints endpoints = new UsageEndpoints(usage);

  @Test
  void summary_unasked_isTheLastDayOfAllByUid() {
    endpoints.summary(call(ROOT, ""));

    assertThat(usage.summaries)
        .containsExactly(
            new Usage.SummaryQuery(
                NOW.minusSeconds(86400), NOW, Set.of(Dimension.UID), UsageFilter.ALL));
  }

  @Test
  void summary_passesOnEveryParameter() {
    endpoints.summary(
        call(
            unix(1234, Caller.Role.ADMIN),
            "from=-7d&to=-1d&by=set,iface&by=day&uid=5,self,1000-1999&uid=removed"
                + "&set=foreground&tag=0x10&iface=wg0&metered=true&roaming=false&default=true"
                + "&type=wifi,vpn&radio=lte&network=Cafe*&network=a,b"));

    assertThat(usage.summaries)
        .containsExactly(
            new Usage.SummaryQuery(
                NOW.minusSeconds(7 * 86400),
                NOW.minusSeconds(86400),
                Set.of(Dimension.SET, Dimension.IFACE, Dimension.DAY),
                new UsageFilter(
                    List.of(new UidRange(5, 5), new UidRange(1234, 1234), new UidRange(1000, 1999)),
                    true,
                    Optional.of(CounterSet.FOREGROUND),
                    Optional.of(16L),
                    Optional.of("wg0"),
                    NetworkTemplate.ANY
                        .withTypes(Set.of(NetworkType.WIFI, NetworkType.VPN))
                        .withNames(List.of(new NamePattern("Cafe*"), new NamePattern("a,b")))
                        .withRadios(Set.of(RadioGroup.LTE))
                        .withMetered(Optional.of(true))
                        .withRoaming(Optional.of(false))
                        .withDefaultNetwork(Optional.of(true)))));
  }

  @Test
  void summary_snapshotOvertakesTheQuestion_isInIt() {
    usage.asOf = NOW.plusMillis(1);

    assertThat(endpoints.summary(call(ROOT, "to=now")).to()).isEqualTo(usage.asOf);
    assertThat(usage.summaries).last().extracting(Usage.SummaryQuery::to).isEqualTo(usage.asOf);
  }

  @Test
  void summary_endsBeforeTheLastSnapshot_endsWhereItWasAsked() {
    assertThat(endpoints.summary(call(ROOT, "from=0&to=1000")).to())
        .isEqualTo(Instant.ofEpochSecond(1));
    assertThat(usage.summaries).hasSize(1);
  }

  @Test
  void summary_isWrittenAsTheContractSays() throws Exception {
    assertThat(write(endpoints.summary(call(ROOT, "from=0&to=1000"))))
        .isEqualTo(
            read(
                """
                {"from": "1970-01-01T00:00:00Z", "to": "1970-01-01T00:00:01Z",
                 "asOf": "2026-03-01T12:00:00Z",
                 "rows": [
                  {"kind": "uid", "uid": 1000, "name": "ann", "set": "FOREGROUND", "default": true,
                   "rxBytes": 4000, "rxPackets": 40, "txBytes": 400, "txPackets": 4},
                  {"kind": "uid", "uid": 0, "set": "FOREGROUND", "default": true,
                   "rxBytes": 300, "rxPackets": 3, "txBytes": 30, "txPackets": 3},
                  {"kind": "removed", "set": "FOREGROUND", "default": true,
                   "rxBytes": 200, "rxPackets": 2, "txBytes": 20, "txPackets": 2}],
                 "total": {"rxBytes": 4500, "rxPackets": 45, "txBytes": 450, "txPackets": 9},
                 "unattributed": {"rxBytes": 500, "rxPackets": 5, "txBytes": -1, "txPackets": -1}}
                """));
  }

  @Test
  void summary_notByUid_hasNoKind() {
    assertThat(endpoints.summary(call(ROOT, "by=iface")).rows())
        .allSatisfy(row -> assertThat(row.kind()).isEmpty());
  }

  @Test
  void unattributed_isOfTheHostsInterfaces_andOfTheOneAskedFor() {
    assertThat(endpoints.summary(call(ROOT, "iface=eth0")).unattributed())
        .contains(new Traffic(500, 5, -1, -1));
    assertThat(endpoints.summary(call(ROOT, "iface=wlan0")).unattributed()).contains(Traffic.NONE);
  }

  @Test
  void pages_coverAllRowsOnce_withTotalsOfAll_andOneRange() {
    usage.rows = rows(25);
    List<Long> uids = new ArrayList<>();
    List<UsageSummary> pages = new ArrayList<>();
    String cursor = "";
    do {
      var page = endpoints.summary(call(ROOT, "from=-1h&limit=10" + cursor));
      pages.add(page);
      page.rows().forEach(row -> uids.add(row.uid().orElseThrow()));
      cursor = page.nextCursor().map(next -> "&cursor=" + next).orElse("");
    } while (!cursor.isEmpty());

    assertThat(pages).extracting(page -> page.rows().size()).containsExactly(10, 10, 5);
    assertThat(uids).doesNotHaveDuplicates().hasSize(25);
    assertThat(pages)
        .allSatisfy(page -> assertThat(page.total()).isEqualTo(new Traffic(25, 25, 25, 25)));
  }

  @Test
  void cursor_keepsTheFirstPagesRange() {
    usage.rows = rows(2);
    String cursor = endpoints.summary(call(ROOT, "limit=1")).nextCursor().orElseThrow();
    var later =
        new Call(ROOT, Map.of(), query("limit=1&cursor=" + cursor), null, NOW.plusSeconds(9));

    assertThat(endpoints.summary(later).to()).isEqualTo(NOW);
  }

  @Test
  void sinceBoot_pages() {
    usage.rows = rows(3);
    var first = endpoints.sinceBoot(call(ROOT, "limit=2"));
    var second = endpoints.sinceBoot(call(ROOT, "cursor=" + first.nextCursor().orElseThrow()));

    assertThat(first.rows()).hasSize(2);
    assertThat(second.rows()).hasSize(1);
    assertThat(second.nextCursor()).isEmpty();
    assertThat(second.total()).isEqualTo(new Traffic(3, 3, 3, 3));
  }

  @Test
  void history_unasked_isHourlyAndUngrouped() {
    endpoints.history(call(ROOT, ""));

    assertThat(usage.histories)
        .containsExactly(
            new Usage.HistoryQuery(
                NOW.minusSeconds(86400), NOW, Resolution.HOUR, Set.of(), UsageFilter.ALL));
  }

  @Test
  void history_isWrittenAsTheContractSays() throws Exception {
    assertThat(write(endpoints.history(call(ROOT, "from=0&to=1000&resolution=5m&by=uid"))))
        .isEqualTo(
            read(
                """
                {"resolution": "5m", "from": "1970-01-01T00:00:00Z", "to": "1970-01-01T00:00:01Z",
                 "asOf": "2026-03-01T12:00:00Z", "mixed": true,
                 "buckets": [
                  {"start": "2026-03-01T11:00:00Z", "end": "2026-03-01T12:00:00Z",
                   "kind": "uid", "uid": 1000, "name": "ann", "set": "FOREGROUND", "default": true,
                   "rxBytes": 7, "rxPackets": 1, "txBytes": 8, "txPackets": 2, "operations": 3}]}
                """));
  }

  @Test
  void history_beyondWhatTheStoreAnswers_isRefusedNamingTheResolution() {
    usage.fail(new IllegalArgumentException("more than 5000 buckets"));

    assertThatThrownBy(() -> endpoints.history(call(ROOT, "from=0&resolution=5m")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "More than 5000 buckets of 5m lie between 'from' and 'to'; ask for less time or a"
                + " coarser resolution.");
  }

  @Test
  void truth_isByInterfaceAndDirection() throws Exception {
    JsonNode row = write(endpoints.truth(call(ROOT, ""))).path("rows").path(1);

    assertThat(row)
        .isEqualTo(
            read(
                """
                {"iface": "eth0", "netns": 1, "ifindex": 2, "view": "wire", "direction": "tx",
                 "interface": {"bytes": 500, "packets": 5}, "uids": {"bytes": 501, "packets": 6},
                 "unattributed": {"bytes": -1, "packets": -1}}
                """));
  }

  private static List<Usage.Row> rows(int count) {
    List<Usage.Row> rows = new ArrayList<>();
    for (int uid = 0; uid < count; uid++) {
      rows.add(new Usage.Row(FakeUsage.uid(uid, "u"), new Traffic(1, 1, 1, 1)));
    }
    return rows;
  }

  private static Caller unix(long uid, Caller.Role role) {
    return Caller.peer(uid, role);
  }

  private static Call call(Caller caller, String query) {
    return new Call(caller, Map.of(), query(query), null, NOW);
  }

  private static Query query(String text) {
    var fields = new Fields();
    UrlEncoded.decodeUtf8To(text, fields);
    return Query.of(fields);
  }

  private static JsonNode write(Object answer) throws Exception {
    return read(Json.LENIENT.writeValueAsString(answer));
  }

  private static JsonNode read(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
