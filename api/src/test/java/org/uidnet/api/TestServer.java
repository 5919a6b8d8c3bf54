package org.uidnet.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Networks;
import org.uidnet.stats.Host;

/** A real server over fakes, on a unix socket in {@code dir} and a free TCP port. */
public final class TestServer implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:05.123Z");
  static final long ADMIN_UID = 2000;

  static final Limits UNLIMITED =
      new Limits(10_000, 10_000, 100, 1 << 20, 10, 100, 20, 100, Duration.ofSeconds(10));

  /** Nanoseconds since boot at {@link #NOW}. */
  static final long SINCE_BOOT = 3_600_000_000_000L;

  private static final String JSON = "Content-Type: application/json";

  public final FakeUsage usage = new FakeUsage();
  public final FakeFirewall firewall = new FakeFirewall();
  public final FakeTags tags = new FakeTags();
  public final FakeTraces traces = new FakeTraces();

  /** What the host's clock since boot shows, in nanoseconds. */
  public final AtomicLong elapsed = new AtomicLong(SINCE_BOOT);

  public final Path socket;
  final Path tokenFile;
  private final ApiServer server;

  /** Who the next connections of the unix socket come from. */
  public volatile OptionalLong peer = OptionalLong.of(0);

  public TestServer(Path dir) throws IOException {
    this(dir, Limits.DEFAULT);
  }

  TestServer(Path dir, Limits limits) throws IOException {
    socket = dir.resolve("api.sock");
    tokenFile = dir.resolve("admin.token");
    server = ApiServer.start(config(limits), services());
  }

  private ApiConfig config(Limits limits) {
    return new ApiConfig(
        socket,
        Optional.of(HostPort.parse("127.0.0.1:0")),
        tokenFile,
        Set.of(ADMIN_UID, 65534L),
        limits);
  }

  private Services services() {
    return new Services(
        usage,
        firewall,
        tags,
        traces,
        () -> List.of(link(7, true, 1, "lo"), link(7, true, 2, "eth0"), link(9, false, 2, "eth0")),
        uid -> uid == 1000 ? Optional.of("ann") : Optional.empty(),
        new Host("boot-1", NOW.minusNanos(SINCE_BOOT), elapsed::get),
        () -> Health.of(Datapath.Backend.SIMULATOR, List.of()),
        TestServer::status,
        channel -> peer,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Networks.Interface link(long netns, boolean host, int ifindex, String name) {
    return new Networks.Interface(
        netns,
        host,
        ifindex,
        name,
        "veth",
        14,
        Networks.View.WIRE,
        org.uidnet.programs.Traffic.NONE);
  }

  /** Every route that there is. */
  List<Route> routes() {
    Services services = services();
    var sessions = new Sessions(System::nanoTime, services.clock());
    return Routes.of(
        services,
        new Streams(Limits.DEFAULT, System::nanoTime),
        HostEvents.of(services),
        new SessionEndpoints(
            sessions, firewall, Optional::empty, new Attempts(System::nanoTime, line -> {})));
  }

  static DaemonStatus status() {
    return new DaemonStatus(
        Datapath.Backend.SIMULATOR,
        "0.1.0",
        Instant.parse("2026-03-01T11:00:00Z"),
        Duration.ofHours(1),
        Duration.ofSeconds(10),
        List.of(
            new DaemonStatus.Program(
                "uidnet_egress",
                17,
                Optional.of("0123456789abcdef"),
                Optional.of(1000L),
                Optional.of(66_000L))),
        List.of(new DaemonStatus.Link("uidnet_egress", "/sys/fs/cgroup", 5)),
        List.of(new DaemonStatus.BpfMap("slots", "array", 10, 1000, 64_000)),
        new DaemonStatus.Cost(80_000_000, 20_000_000, 900, 14),
        List.of(new DaemonStatus.Input("upower", true, Optional.empty())),
        List.of(
            new DaemonStatus.Export(
                "postgres",
                Optional.of(Instant.parse("2026-03-01T11:50:00Z")),
                Optional.of(600L),
                2,
                4000,
                Optional.of(Instant.parse("2026-03-01T11:50:20Z")),
                Optional.of(
                    new DaemonStatus.Period(
                        Instant.parse("2026-02-01T00:00:00Z"),
                        Instant.parse("2026-02-01T01:00:00Z"))),
                Optional.of("cannot store history in postgresql://db/fleet: …"))));
  }

  public HostPort http() {
    return server.http().orElseThrow();
  }

  public String token() {
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends over the unix socket as {@code uid}. */
  HttpText.Reply unix(OptionalLong uid, String method, String target, String... headers)
      throws IOException {
    peer = uid;
    try (var channel = connectUnix()) {
      return checked(
          method, target, HttpText.send(channel, HttpText.request(method, target, headers)));
    }
  }

  HttpText.Reply unix(long uid, String method, String target, String... headers)
      throws IOException {
    return unix(OptionalLong.of(uid), method, target, headers);
  }

  /** Sends a JSON body over the unix socket as root. */
  HttpText.Reply send(String method, String target, String json) throws IOException {
    return send(0, method, target, json);
  }

  HttpText.Reply send(long uid, String method, String target, String json) throws IOException {
    String length = "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length;
    return unix(uid, method, target, JSON, length + "\r\n\r\n" + json);
  }

  HttpText.Reply get(long uid, String target) throws IOException {
    return unix(uid, "GET", target);
  }

  /** Sends over TCP; {@code headers} with a Host of their own replace ours. */
  HttpText.Reply tcp(String method, String target, String... headers) throws IOException {
    try (var channel = connect()) {
      return checked(
          method,
          target,
          HttpText.send(channel, HttpText.request(method, target, withHost(headers))));
    }
  }

  /** No test gets an answer that the OpenAPI document does not tell of. */
  private static HttpText.Reply checked(String method, String target, HttpText.Reply reply) {
    AnswerCheck.check(method, target, reply);
    return reply;
  }

  /** The same with a JSON body. */
  HttpText.Reply tcpBody(String method, String target, String json, String... headers)
      throws IOException {
    String[] more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = JSON;
    String length = "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length;
    more[headers.length + 1] = length + "\r\n\r\n" + json;
    return tcp(method, target, more);
  }

  SocketChannel connect() throws IOException {
    return SocketChannel.open(new InetSocketAddress("127.0.0.1", http().port()));
  }

  SocketChannel connectUnix() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** Exchanges a code, as the page does. */
  HttpText.Reply login(String code, String... headers) throws IOException {
    return tcpBody("POST", "/v1/session", "{\"code\":\"" + code + "\"}", headers);
  }

  /** The header of a new session of {@code uid}. */
  String session(long uid, String request) throws IOException {
    var code = send(uid, "POST", "/v1/session/codes", request).json().path("code").asText();
    return bearer(login(code).json());
  }

  /** The header of a new read-only token. */
  String reader() throws IOException {
    return bearer(send("POST", "/v1/tokens", "{\"name\":\"test\"}").json());
  }

  private static String bearer(JsonNode answer) {
    return "Authorization: Bearer " + answer.path("token").asText();
  }

  String bearer() {
    return "Authorization: Bearer " + token();
  }

  /** In front: the last header may carry the body. */
  private String[] withHost(String... headers) {
    boolean given = Arrays.stream(headers).anyMatch(header -> header.startsWith("Host:"));
    Stream<String> host = given ? Stream.empty() : Stream.of("Host: " + http());
    return Stream.concat(host, Arrays.stream(headers)).toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
