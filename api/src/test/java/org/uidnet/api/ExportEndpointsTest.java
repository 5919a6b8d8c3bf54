package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.UsageKey;

/** History as files, over the unix socket, with a client and a server. */
class ExportEndpointsTest {
  private static final Instant START = Instant.parse("2026-03-01T11:00:00Z");
  private static final String HEADER =
      "start,end,kind,uid,name,set,tag,iface,network,type,metered,roaming,default,netns,day,inner,"
          + "rxBytes,rxPackets,txBytes,txPackets,operations\n";

  @TempDir Path dir;
  private TestServer server;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
    client = UidnetClient.overSocket(server.socket);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Bucket bucket(String name, String iface) {
    UsageKey key =
        new UsageKey(
            Kind.UID,
            Optional.of(1000L),
            Optional.of(name),
            Optional.of(CounterSet.FOREGROUND),
            Optional.empty(),
            Optional.of(iface),
            Optional.empty(),
            Optional.of("wifi"),
            Optional.of(true),
            Optional.of(false),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            iface.startsWith("tun"));
    return new Bucket(
        START, START.plusSeconds(3600), new Row(key, new Traffic(4000, 40, 400, 4), 7));
  }

  private String export(UsageQuery query) throws IOException {
    var out = new ByteArrayOutputStream();
    client.download(ApiRequest.export(query), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void export_csv_hasALineOfNamesAndOneForEachBucket() throws IOException {
    server.usage.exported = List.of(bucket("ann", "eth0"));

    assertThat(export(UsageQuery.NONE))
        .isEqualTo(
            HEADER
                + "2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,uid,1000,ann,FOREGROUND,,eth0,,wifi,true,"
                + "false,true,,,,4000,40,400,4,7\n");
  }

  @Test
  void export_jsonl_hasALineForEachBucket() throws IOException {
    server.usage.exported = List.of(bucket("ann", "eth0"), bucket("ann", "eth1"));

    assertThat(export(UsageQuery.NONE.format("jsonl")).lines())
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(
            "{\"start\":\"2026-03-01T11:00:00Z\",\"end\":\"2026-03-01T12:00:00Z\",\"kind\":\"uid\","
                + "\"uid\":1000,\"name\":\"ann\",\"set\":\"FOREGROUND\",\"iface\":\"eth0\",\"type\":\"wifi\","
                + "\"metered\":true,\"roaming\":false,\"default\":true,\"rxBytes\":4000,"
                + "\"rxPackets\":40,\"txBytes\":400,\"txPackets\":4,\"operations\":7}");
  }

  @Test
  void export_csvOfHostileNames_noFormulaAndNoLine() throws IOException {
    server.usage.exported = List.of(bucket("=cmd|'/c calc'!A1", "a\r\n,\"b"));

    assertThat(export(UsageQuery.NONE))
        .contains(",\"'=cmd|'/c calc'!A1\",")
        .contains(",\"a\ufffd\ufffd,\"\"b\",")
        .hasLineCount(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void importFile_ofAnExport_hasTheSameBuckets(String format) throws IOException {
    server.usage.exported =
        List.of(
            bucket("ann", "eth0"),
            bucket("=1+1", "-x"),
            bucket("", "'quoted'"),
            bucket("", "tun0"));
    String file = export(UsageQuery.NONE.format(format));

    var answer =
        client.send(
            ApiRequest.importHistory("laptop", format, file.getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.recording().recorder()).isEqualTo("history");
    assertThat(answer.recording().name()).isEqualTo("laptop");
    assertThat(server.usage.imported.get("laptop"))
        .extracting(
            Bucket::start, Bucket::end, ExportEndpointsTest::iface, ExportEndpointsTest::row)
        .isEqualTo(
            server.usage.exported.stream()
                .map(
                    bucket ->
                        org.assertj.core.groups.Tuple.tuple(
                            bucket.start(), bucket.end(), iface(bucket), row(bucket)))
                .toList());
  }

  private static Optional<String> iface(Bucket bucket) {
    return bucket.row().key().iface();
  }

  private static List<Object> row(Bucket bucket) {
    UsageKey key = bucket.row().key();
    return List.of(
        key.kind(),
        key.uid(),
        key.set(),
        key.metered(),
        key.inner(),
        key.roaming(),
        key.defaultNetwork(),
        bucket.row().traffic(),
        bucket.row().operations());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start,end,kind,uid,rxBytes\n2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,uid,1,5\n",
        "start,end,kind,rxBytes,rxPackets,txBytes,txPackets\n"
            + "2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,uid,1,1,1,1\n",
        "start,end,kind,uid,rxBytes,rxPackets,txBytes,txPackets\nmonday,,uid,1,1,1,1,1\n",
        "start,end,kind,uid,rxBytes,rxPackets,txBytes,txPackets\n"
            + "2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,uid,-1,1,1,1,1\n",
        "start,end,kind,uid,rxBytes,rxPackets,txBytes,txPackets\n"
            + "2026-03-01T11:00:00Z,2026-03-01T12:00:00Z,uid,1,99999999999999999999,1,1,1\n"
      })
  void importFile_ofWhatNoExportWrites_isRefused(String file) {
    assertThatThrownBy(
            () ->
                client.send(
                    ApiRequest.importHistory(
                        "laptop", "csv", file.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("Row 1 is not as GET /v1/usage/export?format=csv writes it");
    assertThat(server.usage.imported).isEmpty();
  }

  @Test
  void export_historyUnavailable_saysSo() {
    server.usage.fail(FakeUsage.locked());

    assertThatThrownBy(() -> export(UsageQuery.NONE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("locked by process 7");
  }

  /** More than a buffer has been sent: the client must not take it for the whole. */
  @Test
  void export_failsInTheMiddle_isNoWholeFile() {
    server.usage.exported = java.util.Collections.nCopies(10_000, bucket("ann", "eth0"));
    server.usage.failAfterExport = Optional.of(FakeUsage.locked());

    assertThatThrownBy(() -> export(UsageQuery.NONE)).isInstanceOf(IOException.class);
  }

  @Test
  void export_ofOthersByAUser_isForbidden() throws IOException {
    assertThat(server.get(1000, "/v1/usage/export?uid=1001").status()).isEqualTo(403);
    assertThat(server.get(1000, "/v1/usage/export?uid=self&by=uid").status()).isEqualTo(200);
  }

  @Test
  void export_ofAnUnknownFormat_isRefused() throws IOException {
    assertThat(server.get(0, "/v1/usage/export?format=xml").detail())
        .isEqualTo("'xml' is not one of csv, jsonl.");
  }
}
